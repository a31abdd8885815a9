//! The inputs of a run as a stream of reports and notices, in a fixed order.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::coded::{CodedRow, Signature};
use super::feed::Feed;
use super::form::{self, Guess, form_of};
use super::open::{self, Opened};
use super::page;
use super::records::Records;
use super::table::Table;
use super::whole;
use crate::error::{Error, Notice};
use crate::report::Report;

/// What reading gives, one at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A report.
    Report(Report),
    /// An event that somebody coded; only where `Inputs::open_coded` asks for it.
    Coded(CodedRow),
    /// Something left out or put right.
    Notice(Notice),
}

/// A file that was read, with the SHA-256 of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct InputHash {
    /// Its path inside the folder that was given, or its file name; `stdin` for standard input.
    pub name: String,
    /// 64 hex digits.
    pub sha256: String,
}

/// The inputs of a run: an iterator over what is in them that holds one record at a time.
///
/// ```
/// use naqsha::report::{Entry, Inputs};
/// let dir = tempfile::tempdir()?;
/// let file = dir.path().join("wire.jsonl");
/// std::fs::write(&file, r#"{"id": "w1", "text": "Calm in Herat.", "date": "2021-07-07"}"#)?;
/// let first = Inputs::open(&[file], None)?.next();
/// assert!(matches!(first, Some(Entry::Report(r)) if r.id == "w1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Inputs {
    signatures: Arc<[Signature]>,
    waiting: VecDeque<Source>,
    current: Option<(Source, Opened, Form)>,
    ready: VecDeque<Entry>,
    hashes: Vec<InputHash>,
}

/// A file to read, and what it is called in notices and ids.
#[derive(Debug)]
struct Source {
    /// None for standard input.
    path: Option<PathBuf>,
    name: String,
    within: String,
}

/// How the records of a file are cut.
#[derive(Debug)]
enum Form {
    Whole,
    Table(Table),
    Records(Records),
    Page,
    Feed(Box<Feed>),
    Refused,
}

impl Inputs {
    /// The files and folders given, `-` being standard input; folders recursively and sorted, hidden files and those of other
    /// extensions left out.
    /// Nothing below `except` is read: the folder that the run writes to.
    ///
    /// # Errors
    /// `Error::Read` for a path that does not exist or may not be read.
    pub fn open(paths: &[PathBuf], except: Option<&Path>) -> Result<Inputs, Error> {
        Inputs::open_coded(paths, except, Vec::new())
    }

    /// The same, in which tables, JSON records and GeoJSON layers with all columns of a signature are coded events.
    ///
    /// # Errors
    /// As `open`.
    pub fn open_coded(
        paths: &[PathBuf],
        except: Option<&Path>,
        signatures: Vec<Signature>,
    ) -> Result<Inputs, Error> {
        let layers = !signatures.is_empty();
        let except = except.and_then(|p| p.canonicalize().ok());
        let mut waiting = VecDeque::new();
        let mut ready = VecDeque::new();
        for path in paths {
            if path.as_os_str() == "-" {
                waiting.push_back(Source {
                    path: None,
                    name: "stdin".to_owned(),
                    within: "stdin".to_owned(),
                });
            } else if fs::metadata(path).map_err(|e| cannot_read(path, e))?.is_dir() {
                fs::read_dir(path).map_err(|e| cannot_read(path, e))?;
                let left_out =
                    walk(path, path, &Walk { except: except.as_deref(), layers }, &mut waiting, &mut ready);
                ready.extend(left_out_notice(path, left_out));
            } else {
                fs::File::open(path).map_err(|e| cannot_read(path, e))?;
                waiting.push_back(Source::file(path, Path::new("")));
            }
        }
        let signatures = signatures.into();
        Ok(Inputs { signatures, waiting, current: None, ready, hashes: Vec::new() })
    }

    /// The files read so far, by name, with their hashes; complete once the iterator has ended.
    #[must_use]
    pub fn hashes(&self) -> Vec<InputHash> {
        let mut hashes = self.hashes.clone();
        hashes.sort();
        hashes.dedup();
        hashes
    }

    fn open_next(&mut self, source: Source) {
        match open::open(source.path.as_deref()) {
            Ok(mut opened) => {
                let form = match form_of(&source.name, &opened.head, &self.signatures) {
                    Guess::Text => Form::Whole,
                    Guess::Table(delimiter) => match Table::open(&mut opened, delimiter, &self.signatures) {
                        Ok(table) => Form::Table(table),
                        Err(problem) => self.refuse(&source, &problem),
                    },
                    Guess::Lines => Form::Records(Records::by_line(&self.signatures)),
                    Guess::Objects => Form::Records(Records::by_brace(&self.signatures)),
                    Guess::List(key) => {
                        let mut records = Records::by_brace(&self.signatures);
                        // A file that breaks off before its list breaks off again where that is read.
                        let _ = records.skip_to_list(&mut opened.reader, key);
                        Form::Records(records)
                    }
                    Guess::Page => Form::Page,
                    Guess::Feed => Form::Feed(Box::new(Feed::open(&mut opened))),
                    Guess::Refused(why) => self.refuse(&source, why),
                };
                self.current = Some((source, opened, form));
            }
            Err(problem) => {
                self.refuse(
                    &source,
                    &format!("cannot be read: {problem}; check that it may be read and is whole"),
                );
            }
        }
    }

    fn refuse(&mut self, source: &Source, why: &str) -> Form {
        self.ready.push_back(Entry::Notice(Notice::skipped(&source.name, why)));
        Form::Refused
    }
}

impl Iterator for Inputs {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            if let Some(entry) = self.ready.pop_front() {
                return Some(entry);
            }
            let Some((source, mut opened, mut form)) = self.current.take() else {
                let source = self.waiting.pop_front()?;
                self.open_next(source);
                continue;
            };
            let more = match &mut form {
                Form::Whole => {
                    whole::read(&mut opened, &source.name, &mut self.ready);
                    false
                }
                Form::Table(table) => table.next_row(&source.name, &mut self.ready),
                Form::Records(records) => records.next_record(&mut opened, &source.name, &mut self.ready),
                Form::Page => {
                    page::read(&mut opened, &source.name, &mut self.ready);
                    false
                }
                Form::Feed(feed) => feed.next_entry(&source.name, &mut self.ready),
                Form::Refused => false,
            };
            if more {
                self.current = Some((source, opened, form));
            } else {
                let note = opened.note().filter(|_| !matches!(form, Form::Refused));
                if let Some((line, message)) = note {
                    let notice = Notice::remark(&source.name, message);
                    self.ready.push_back(Entry::Notice(Notice { line, ..notice }));
                }
                drop(form);
                self.hashes.push(InputHash { name: source.within, sha256: opened.finish() });
            }
        }
    }
}

impl Source {
    fn file(path: &Path, root: &Path) -> Source {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let within = match path.strip_prefix(root) {
            Ok(rest) if !root.as_os_str().is_empty() => {
                let parts: Vec<_> = rest.iter().map(OsStr::to_string_lossy).collect();
                parts.join("/")
            }
            _ => name.clone(),
        };
        Source { path: Some(path.to_owned()), name, within }
    }
}

fn cannot_read(path: &Path, source: io::Error) -> Error {
    Error::Read { path: path.to_owned(), source }
}

fn left_out_notice(folder: &Path, files: usize) -> Option<Entry> {
    let left = match files {
        0 => return None,
        1 => "1 file of another kind is".to_owned(),
        n => format!("{n} files of other kinds are"),
    };
    let searched: Vec<String> = form::EXTENSIONS.iter().map(|e| format!(".{e}")).collect();
    let message = format!("{left} left out; folders are searched for {}", searched.join(" "));
    Some(Entry::Notice(Notice::remark(folder.display().to_string(), message)))
}

/// What a walk through folders takes.
struct Walk<'w> {
    /// Not this folder.
    except: Option<&'w Path>,
    /// GeoJSON layers too.
    layers: bool,
}

/// Puts the files below `dir` in the order of their names. Returns how many have an extension that is not read.
fn walk(
    dir: &Path,
    root: &Path,
    takes: &Walk<'_>,
    files: &mut VecDeque<Source>,
    notes: &mut VecDeque<Entry>,
) -> usize {
    let unread = |path: &Path, e: &io::Error| {
        let message = format!("cannot be read: {e}; check that it may be read");
        Entry::Notice(Notice::skipped(path.display().to_string(), message))
    };
    let listed: Result<Vec<PathBuf>, io::Error> =
        fs::read_dir(dir).and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect());
    let mut listed = match listed {
        Ok(listed) => listed,
        Err(e) => {
            notes.push_back(unread(dir, &e));
            return 0;
        }
    };
    listed.sort();
    let mut left_out = 0;
    for path in listed {
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        match fs::symlink_metadata(&path) {
            _ if hidden => {}
            Ok(meta) if meta.is_dir() => {
                let excepted = takes.except.is_some_and(|e| path.canonicalize().is_ok_and(|p| p == e));
                if !excepted {
                    left_out += walk(&path, root, takes, files, notes);
                }
            }
            // A link to a folder is not followed: it may lead back up.
            Ok(meta) if meta.is_symlink() && path.is_dir() => {}
            Ok(_) => {
                let source = Source::file(&path, root);
                let layer = takes.layers && form::is_named_as_layer(&source.name);
                if layer || form::is_named_as_input(&source.name) {
                    files.push_back(source);
                } else {
                    left_out += 1;
                }
            }
            Err(e) => notes.push_back(unread(&path, &e)),
        }
    }
    left_out
}
