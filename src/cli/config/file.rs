//! The file of options: its keys and values, each with its line.

use std::fs;
use std::path::{Path, PathBuf};

use naqsha::error::Error;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The name under which it is looked for in the current folder.
pub(super) const NAME: &str = "naqsha.toml";

/// A file of options.
#[derive(Debug)]
pub(super) struct ConfigFile {
    pub(super) path: PathBuf,
    pub(super) entries: Vec<Entry>,
}

/// What one key says.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    /// Counted from 1.
    pub(super) line: u64,
    pub(super) value: Value,
}

/// A value, as the command line would have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Switch(bool),
    One(String),
    Many(Vec<String>),
}

impl ConfigFile {
    pub(super) fn read(path: &Path) -> Result<ConfigFile, Error> {
        let bytes = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        let mut file = ConfigFile { path: path.to_owned(), entries: Vec::new() };
        let text = String::from_utf8(bytes)
            .map_err(|_| file.wrong(None, "is not UTF-8; save the file as UTF-8".to_owned()))?;
        let table = DeTable::parse(&text).map_err(|e| {
            let line = e.span().map(|span| line(&text, span.start));
            file.wrong(line, format!("{}; write options as key = value", e.message()))
        })?;
        for (key, value) in table.into_inner() {
            let line = line(&text, key.span().start);
            let key = key.into_inner().into_owned();
            let value = read(&text, &value).ok_or_else(|| {
                let problem = format!("`{key}` is a table; give a value, a list of values, true or false");
                file.wrong(Some(line), problem)
            })?;
            file.entries.push(Entry { key, line, value });
        }
        file.entries.sort_by_key(|e| e.line);
        Ok(file)
    }

    /// What is wrong on a line of it.
    pub(super) fn wrong(&self, line: Option<u64>, problem: String) -> Error {
        Error::Data { file: self.path.display().to_string(), line, problem }
    }

    /// A path of it as seen from the current folder: paths count from the file.
    pub(super) fn resolved(&self, path: &str) -> String {
        let path = self.path.parent().unwrap_or(Path::new("")).join(path);
        let path = path.to_string_lossy().into_owned();
        if path.starts_with('-') { format!("./{path}") } else { path }
    }
}

fn read(text: &str, value: &Spanned<DeValue<'_>>) -> Option<Value> {
    match value.get_ref() {
        DeValue::Boolean(on) => Some(Value::Switch(*on)),
        DeValue::Array(values) => {
            values.iter().map(|v| scalar(text, v)).collect::<Option<_>>().map(Value::Many)
        }
        _ => scalar(text, value).map(Value::One),
    }
}

fn scalar(text: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(s) => Some(s.to_string()),
        DeValue::Integer(_) | DeValue::Float(_) => Some(text.get(value.span())?.replace('_', "")),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

fn line(text: &str, at: usize) -> u64 {
    text.bytes().take(at).filter(|b| *b == b'\n').count() as u64 + 1
}
