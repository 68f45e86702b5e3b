//! A saved web page as plain text: one line a block, one line a table row with its cells separated by tabs.
//! Menus and scripts are dropped where the markup tells them apart; what remains of them is the outline's
//! business, which starts at the first thing that looks like a document.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// Whether a text is markup rather than a plan that happens to hold an angle bracket.
pub(super) fn looks_like(text: &str) -> bool {
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    if !start.starts_with('<') {
        return false;
    }
    let head: String = start.chars().take(4096).collect::<String>().to_ascii_lowercase();
    [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<div",
        "<p>",
        "<p ",
        "<table",
        "<span",
        "<meta",
    ]
    .iter()
    .any(|tag| head.contains(tag))
}

/// The encoding that a page declares about itself in its first kilobyte.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let at = head.find("charset=")? + "charset=".len();
    let label: String = head[at..]
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
        .collect();
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    // Pages declare gb2312 and use characters that only its superset has.
    Some(if encoding == encoding_rs::GBK {
        encoding_rs::GB18030
    } else {
        encoding
    })
}

/// The text of a page.
pub(super) fn text(page: &str) -> String {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(page));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let mut out = tokenizer.sink.0.into_inner();
    out.end_line();
    out.lines
}

#[derive(Default)]
struct Sink(RefCell<Out>);

#[derive(Default)]
struct Out {
    lines: String,
    line: String,
    /// Elements whose text is never shown.
    hidden: usize,
    row: usize,
    cells: usize,
    preformatted: usize,
}

impl Out {
    fn end_line(&mut self) {
        if self.row > 0 {
            // Inside a table row a block ends a thought, not the row.
            if !self.line.ends_with([' ', '\t']) && !self.line.is_empty() {
                self.line.push(' ');
            }
            return;
        }
        self.flush();
    }

    fn flush(&mut self) {
        let line = self.line.trim_matches([' ', '\t']);
        if !line.trim().is_empty() {
            self.lines.push_str(line);
            self.lines.push('\n');
        }
        self.line.clear();
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        for c in text.chars() {
            match c {
                '\n' if self.preformatted > 0 => self.end_line(),
                '\n' | '\r' | '\t' | ' ' => {
                    if !self.line.is_empty() && !self.line.ends_with([' ', '\t']) {
                        self.line.push(' ');
                    }
                }
                c => self.line.push(c),
            }
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let opens = tag.kind == TagKind::StartTag;
        let step = |depth: &mut usize| {
            *depth = if opens { *depth + 1 } else { depth.saturating_sub(1) };
        };
        match &*tag.name {
            "script" | "style" | "noscript" | "textarea" | "title" if !tag.self_closing => {
                step(&mut self.hidden);
                if opens {
                    let kind = match &*tag.name {
                        "script" => RawKind::ScriptData,
                        "textarea" | "title" => RawKind::Rcdata,
                        _ => RawKind::Rawtext,
                    };
                    return TokenSinkResult::RawData(kind);
                }
            }
            "select" | "button" | "nav" | "footer" | "svg" if !tag.self_closing => {
                self.end_line();
                step(&mut self.hidden);
            }
            "pre" => {
                self.end_line();
                step(&mut self.preformatted);
            }
            "tr" => {
                self.flush();
                self.cells = 0;
                self.row = usize::from(opens);
            }
            "table" => {
                self.row = 0;
                self.flush();
            }
            "td" | "th" if opens => {
                if self.cells > 0 {
                    while self.line.ends_with(' ') {
                        self.line.pop();
                    }
                    self.line.push('\t');
                }
                self.cells += 1;
            }
            "br" | "p" | "div" | "li" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "section"
            | "article" | "header" | "main" | "body" | "dl" | "dt" | "dd" | "hr" | "blockquote" | "form" | "center" => {
                self.end_line();
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut out = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => out.text(&text),
            Token::TagToken(tag) => return out.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
