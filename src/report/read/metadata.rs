//! What a web page says of itself: title, day of printing, outlet and address.

use std::collections::BTreeMap;

use dom_query::Document;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::markup::Tidied;
use super::published;

/// What a page says of itself.
#[derive(Debug, Default, Clone)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    /// The whole story, which some outlets give to search engines.
    pub(super) body: Option<String>,
}

/// Names under which pages give their day of printing, the surest first; the parts after the last dot or colon of some
/// are spelled in several ways.
const DATES: [&str; 26] = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "published_time",
    "published-date",
    "publish-date",
    "publishdate",
    "publish_date",
    "publication_date",
    "pubdate",
    "pub_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "dc:date",
    "originalpublicationdate",
    "date",
];
const TITLES: [&str; 4] = ["og:title", "twitter:title", "dc.title", "title"];
const OUTLETS: [&str; 6] = [
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
    "copyright-holder",
];
/// Words before a day that is printed on the page.
const LABELS: [&str; 8] =
    ["published on", "published", "posted on", "posted", "first published", "publish date", "date", "on"];
/// A line with a day has at most so many bytes.
const SHORT: usize = 60;

/// What the page says of itself. `document` is its tidied HTML.
pub(super) fn of(document: &Document, tidied: &Tidied) -> Metadata {
    let linked = linked_data(&tidied.linked_data);
    let metas = metas(document);
    let listed = |names: &[&str]| names.iter().find_map(|n| metas.get(*n)).cloned();
    let attribute = |selector: &str, name: &str| {
        let found = document.select_single(selector).attr(name)?;
        Some(found.trim().to_owned()).filter(|f| !f.is_empty())
    };
    let web = |address: &String| address.starts_with("http://") || address.starts_with("https://");
    let url = [
        attribute("link[rel=canonical]", "href"),
        listed(&["og:url"]),
        linked.url,
        tidied.saved_from.clone(),
    ];
    let url = url.into_iter().flatten().find(web);
    let outlet = linked.outlet.or_else(|| listed(&OUTLETS)).or_else(|| url.as_deref().and_then(host));
    let heading = || {
        let heading = plain(&document.select_single("h1").text());
        (!heading.is_empty()).then_some(heading)
    };
    let titled = listed(&TITLES).or_else(|| Some(plain(&document.select_single("title").text())));
    // The page's name may go on with its section.
    let told = heading().filter(|h| titled.as_ref().is_none_or(|t| t.is_empty() || t.contains(h.as_str())));
    let title = linked.title.or(told).or(titled);
    let named = DATES.iter().filter_map(|n| metas.get(*n)).find_map(|d| published::read(d).date());
    let published = linked.published.or(named).or_else(|| printed(document));
    Metadata {
        title: title.map(|t| without_outlet(&t, outlet.as_deref())).filter(|t| !t.is_empty()),
        published,
        outlet,
        url,
        body: linked.body,
    }
}

/// The meta tags by name in small letters, the first of each.
fn metas(document: &Document) -> BTreeMap<String, String> {
    let mut metas = BTreeMap::new();
    for node in document.select("meta[content]").nodes() {
        let content = plain(&node.attr_or("content", ""));
        for name in ["property", "name", "itemprop"].iter().filter_map(|key| node.attr(key)) {
            if !content.is_empty() {
                metas.entry(name.trim().to_lowercase()).or_insert_with(|| content.clone());
            }
        }
    }
    metas
}

/// The article of the page's linked data (JSON-LD).
fn linked_data(scripts: &[String]) -> Metadata {
    let mut things: Vec<Map<String, Value>> = Vec::new();
    for script in scripts {
        let script = script.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        // Breaks within strings are common and wrong.
        let read = serde_json::from_str(script)
            .or_else(|_| serde_json::from_str(&script.replace(|c: char| c.is_control(), " ")));
        collect(read.unwrap_or_default(), &mut things);
    }
    let Some(article) = things.iter().find(|t| is_article(t)) else { return Metadata::default() };
    let text = |key: &str| article.get(key).and_then(string);
    let publisher = article.get("publisher").map(|p| match p.get("@id").and_then(Value::as_str) {
        // Named elsewhere in the same data.
        Some(id) => {
            let named = things
                .iter()
                .find(|t| t.contains_key("name") && t.get("@id").and_then(Value::as_str) == Some(id));
            named.and_then(|t| t.get("name")).or_else(|| p.get("name")).and_then(string)
        }
        None => string(p),
    });
    let date = text("datePublished").or_else(|| text("dateCreated"));
    Metadata {
        title: text("headline").or_else(|| text("name")),
        published: date.and_then(|d| published::read(&d).date()),
        outlet: publisher.flatten(),
        url: text("url").or_else(|| text("mainEntityOfPage")),
        body: text("articleBody"),
    }
}

/// The things at the top of linked data and in its graphs.
fn collect(value: Value, things: &mut Vec<Map<String, Value>>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| collect(item, things)),
        Value::Object(mut thing) => {
            for key in ["@graph", "mainEntity"] {
                if let Some(inner) = thing.remove(key) {
                    collect(inner, things);
                }
            }
            things.push(thing);
        }
        _ => {}
    }
}

fn is_article(thing: &Map<String, Value>) -> bool {
    let is = |t: &Value| {
        t.as_str().is_some_and(|t| t.ends_with("Article") || t.ends_with("Posting") || t == "Report")
    };
    match thing.get("@type") {
        Some(Value::Array(types)) => types.iter().any(is),
        Some(one) => is(one),
        None => false,
    }
}

/// A string, or what names the thing.
fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Object(thing) => ["name", "@id", "url"].iter().find_map(|k| thing.get(*k)?.as_str())?,
        Value::Array(items) => return items.iter().find_map(string),
        _ => return None,
    };
    let text = if text.contains('&') { super::paragraphs::of_fragment(text) } else { text.trim().to_owned() };
    (!text.is_empty()).then_some(text)
}

/// The day that stands on the page itself: in a `<time>` of the article, or in a short line.
fn printed(document: &Document) -> Option<Date> {
    let marked = ["[itemprop=datePublished]", "time[pubdate]", "article time", "main time", "header time"];
    for selector in marked {
        let found = document.select(selector);
        let mut days = found.nodes().iter().filter_map(|n| {
            let stamp = n.attr("datetime").or_else(|| n.attr("content"));
            stamp.and_then(|s| published::read(&s).date()).or_else(|| in_line(&plain(&n.text())))
        });
        if let Some(day) = days.next() {
            return Some(day);
        }
    }
    // Times elsewhere may be those of other stories.
    let mut days: Vec<Date> = document
        .select("time[datetime]")
        .nodes()
        .iter()
        .filter_map(|n| published::read(&n.attr_or("datetime", "")).date())
        .collect();
    days.dedup();
    if let [day] = days.as_slice() {
        return Some(*day);
    }
    let leaf =
        |n: &&dom_query::NodeRef<'_>| n.element_children().len() <= 1 && n.normalized_char_count() <= SHORT;
    let labelled = document.select("p, div, span, li, time, dd, td");
    labelled.nodes().iter().filter(leaf).find_map(|n| in_line(&plain(&n.text())))
}

/// The day of a line such as "Published On 9 Jul 2021"; None where it says anything else.
fn in_line(line: &str) -> Option<Date> {
    let lower = line.to_lowercase();
    let label = LABELS.iter().find(|l| lower.starts_with(**l))?;
    let rest = line.get(label.len()..)?.trim_start_matches([':', ' ', '-', '–']);
    // "On 9 July the town fell" is no day of printing.
    let closes = rest.len() <= SHORT / 2;
    published::read(rest).date().filter(|_| closes)
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The host of an address, by which outlets are known too.
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then(|| host.to_owned())
}

/// A title without the outlet that closes it: "Calm in Herat | Meridian News".
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: "] {
        if let Some((told, last)) = title.rsplit_once(mark)
            && outlet.is_some_and(|o| o.eq_ignore_ascii_case(last.trim()))
        {
            return told.trim().to_owned();
        }
    }
    title.to_owned()
}
