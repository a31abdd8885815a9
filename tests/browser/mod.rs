//! A browser that a test drives: the few WebDriver calls it takes, over a plain socket.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Keys as WebDriver spells them.
pub(super) const RIGHT: &str = "\u{E014}";
pub(super) const DOWN: &str = "\u{E015}";
pub(super) const HOME: &str = "\u{E011}";
pub(super) const END: &str = "\u{E010}";
pub(super) const ENTER: &str = "\u{E007}";
pub(super) const ESCAPE: &str = "\u{E00C}";

const PATIENCE: Duration = Duration::from_secs(20);

/// A headless Chromium with a profile of its own. It ends with the value.
pub(super) struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _lines: Lines<BufReader<ChildStdout>>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts one, as a telephone of this size or as a window; None where Chromium or its driver is not installed.
    pub(super) fn start(size: [u32; 2], telephone: bool) -> Option<Browser> {
        let there = |name: &str| {
            let mut version = Command::new(name);
            version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
            version.status().is_ok_and(|s| s.success())
        };
        if !there("chromedriver") || !there("chromium") {
            return None;
        }
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.unwrap();
            line.rsplit_once("successfully on port ")
                .and_then(|(_, port)| port.trim_end_matches('.').parse().ok())
        });
        let profile = tempfile::tempdir().unwrap();
        let mut browser =
            Browser { driver, port: port.unwrap(), session: String::new(), _lines: lines, _profile: profile };
        let [width, height] = size;
        let mut options = json!({"args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            format!("--user-data-dir={}", browser._profile.path().display()),
            format!("--window-size={width},{height}"),
        ]});
        if telephone {
            let metrics =
                json!({"width": width, "height": height, "pixelRatio": 2, "touch": true, "mobile": true});
            options["mobileEmulation"] = json!({"deviceMetrics": metrics});
        }
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let made = browser.send("POST", "/session", Some(&wanted));
        browser.session = made["sessionId"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
        Some(browser)
    }

    pub(super) fn open(&self, url: &str) {
        self.call("POST", "/url", Some(&json!({"url": url})));
    }

    /// What a script returns.
    pub(super) fn run(&self, script: &str) -> Value {
        self.call("POST", "/execute/sync", Some(&json!({"script": script, "args": []})))
    }

    /// Waits until an expression holds.
    pub(super) fn wait(&self, expression: &str) {
        let began = Instant::now();
        while self.run(&format!("return !!({expression})")) != json!(true) {
            assert!(began.elapsed() < PATIENCE, "never became true: {expression}\n{:?}", self.log());
            sleep(Duration::from_millis(50));
        }
    }

    pub(super) fn text(&self, css: &str) -> String {
        let found = self.run(&format!("return document.querySelector({}).textContent", json!(css)));
        found.as_str().unwrap().to_owned()
    }

    pub(super) fn press(&self, css: &str, keys: &str) {
        let element = self.element(css);
        self.call("POST", &format!("/element/{element}/value"), Some(&json!({"text": keys})));
    }

    pub(super) fn click(&self, css: &str) {
        let element = self.element(css);
        self.call("POST", &format!("/element/{element}/click"), Some(&json!({})));
    }

    /// What the console said that is worth a line: warnings and errors.
    pub(super) fn log(&self) -> Vec<String> {
        let log = self.call("POST", "/se/log", Some(&json!({"type": "browser"})));
        let loud = |entry: &&Value| entry["level"] == "SEVERE" || entry["level"] == "WARNING";
        log.as_array().unwrap().iter().filter(loud).map(|e| e["message"].to_string()).collect()
    }

    pub(super) fn picture(&self, path: &Path) {
        let picture = self.call("GET", "/screenshot", None);
        std::fs::write(path, STANDARD.decode(picture.as_str().unwrap()).unwrap()).unwrap();
    }

    fn element(&self, css: &str) -> String {
        let found = self.call("POST", "/element", Some(&json!({"using": "css selector", "value": css})));
        found.as_object().and_then(|o| o.values().next()?.as_str().map(str::to_owned)).unwrap()
    }

    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        self.send(method, &format!("/session/{}{path}", self.session), body)
    }

    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let answer = answer(stream);
        let value = answer["value"].clone();
        assert!(value.get("error").is_none(), "{method} {path} {body}: {value}");
        value
    }
}

/// The body of an answer, which ends where its header says.
fn answer(stream: TcpStream) -> Value {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        assert!(reader.read_line(&mut line).unwrap() > 0, "the driver hung up");
        if line == "\r\n" {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    serde_json::from_slice(&body).unwrap()
}

impl Drop for Browser {
    fn drop(&mut self) {
        // After a failure too: a driver that is killed leaves its Chromium running.
        if !self.session.is_empty()
            && let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port))
        {
            let path = &self.session;
            let _ = write!(
                stream,
                "DELETE /session/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            );
            let _ = stream.set_read_timeout(Some(PATIENCE));
            let _ = stream.read(&mut [0; 64]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
