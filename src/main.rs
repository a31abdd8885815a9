//! The program `naqsha`.

fn main() {}
