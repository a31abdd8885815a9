//! The typefaces and their licences, as they come.

use std::path::Path;

use naqsha::error::Error;

use crate::packages::Packages;
use crate::write;

/// Package, file in it, name under `data/fonts`.
const FILES: &[(&str, &str, &str)] = &[
    (SANS, "package/400Regular/SourceSans3_400Regular.ttf", "SourceSans3-Regular.ttf"),
    (SANS, "package/600SemiBold/SourceSans3_600SemiBold.ttf", "SourceSans3-SemiBold.ttf"),
    (SANS, "package/700Bold/SourceSans3_700Bold.ttf", "SourceSans3-Bold.ttf"),
    (SANS, "package/LICENSE_FONT", "SourceSans3-LICENSE.txt"),
    (SERIF, "package/700Bold/SourceSerif4_700Bold.ttf", "SourceSerif4-Bold.ttf"),
    (SERIF, "package/LICENSE_FONT", "SourceSerif4-LICENSE.txt"),
    (VAZIRMATN, "package/400Regular/Vazirmatn_400Regular.ttf", "Vazirmatn-Regular.ttf"),
    (VAZIRMATN, "package/700Bold/Vazirmatn_700Bold.ttf", "Vazirmatn-Bold.ttf"),
    (VAZIRMATN, "package/LICENSE_FONT", "Vazirmatn-LICENSE.txt"),
];
const SANS: &str = "@expo-google-fonts/source-sans-3";
const SERIF: &str = "@expo-google-fonts/source-serif-4";
const VAZIRMATN: &str = "@expo-google-fonts/vazirmatn";

/// Writes `fonts/`.
pub(crate) fn build(packages: &Packages, data: &Path) -> Result<(), Error> {
    for (package, file, name) in FILES {
        write(data, &format!("fonts/{name}"), &packages.read(package, file)?)?;
    }
    Ok(())
}
