//! From a file's bytes to the text that everything else points into.
//!
//! What comes in is what people have: text in UTF-8, UTF-16 or GB 18030, a `.docx`, or a page saved from a
//! government site. What goes out is one UTF-8 text with `\n` line ends, and what had to be guessed on the way.

mod docx;
mod html;

use serde::Serialize;

use crate::model::Span;

/// The largest input that is read. A plan is 40 KB; the limit only keeps a wrong file from filling the memory.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The decoded text of a document and where it came from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Source {
    /// The text, UTF-8, lines separated by `\n`.
    pub text: String,
    /// What kind of file it was.
    pub format: Format,
    /// Name of the character encoding, after the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// How many characters could not be decoded and stand as U+FFFD.
    pub undecodable: usize,
    /// Byte offset of the start of each line.
    #[serde(skip)]
    line_starts: Vec<usize>,
}

/// The kinds of file that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Text,
    /// A Word document (ECMA-376 WordprocessingML).
    Docx,
    /// A saved web page.
    Html,
}

/// Why a file holds no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPlan {
    /// Nothing but white space.
    #[error("文件是空的，没有可读的文字")]
    Empty,
    /// Larger than [`MAX_BYTES`].
    #[error("文件有 {0} 字节，超过 {MAX_BYTES} 字节的上限；一份实施方案通常不到 1 MB，请确认选对了文件")]
    TooLarge(usize),
    /// A format that is recognised but not read.
    #[error("这是{kind}，不能直接读取；{advice}")]
    Format {
        /// What it is, in Chinese.
        kind: &'static str,
        /// What to do, in Chinese.
        advice: &'static str,
    },
    /// A `.docx` that is damaged.
    #[error("Word 文档已损坏：{0}；请用 Word 或 WPS 打开后另存一次")]
    Damaged(String),
    /// Readable, but with nothing of a plan in it.
    #[error("没有读出实施方案：{0}")]
    NotAPlan(&'static str),
}

impl Source {
    /// Decodes a file.
    ///
    /// # Errors
    /// [`NoPlan`] when the bytes are no text in any known form; characters that cannot be decoded are no error
    /// but counted in [`Source::undecodable`].
    pub fn decode(bytes: &[u8]) -> Result<Self, NoPlan> {
        if bytes.len() > MAX_BYTES {
            return Err(NoPlan::TooLarge(bytes.len()));
        }
        if let Some(refusal) = refused(bytes) {
            return Err(refusal);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return Ok(Self::new(docx::text(bytes)?, Format::Docx, "UTF-8", 0));
        }
        let (text, encoding, undecodable) = decode_text(bytes);
        if html::looks_like(&text) {
            let text = html::text(&text);
            return Ok(Self::new(text, Format::Html, encoding, undecodable));
        }
        Ok(Self::new(text, Format::Text, encoding, undecodable))
    }

    /// A source from text that is at hand already.
    pub fn from_text(text: &str) -> Self {
        Self::new(text.to_owned(), Format::Text, "UTF-8", 0)
    }

    fn new(text: String, format: Format, encoding: &'static str, undecodable: usize) -> Self {
        let text = if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text
        };
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            text,
            format,
            encoding,
            undecodable,
            line_starts,
        }
    }

    /// 1-based line of a byte offset.
    pub fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).max(1)
    }

    /// 1-based line and column (in characters) of a byte offset.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let line = self.line(offset);
        let start = self.line_starts[line - 1];
        (line, self.text[start..offset.max(start)].chars().count() + 1)
    }

    /// The text of a 1-based line, without its end. Empty past the last line.
    pub fn line_text(&self, line: usize) -> &str {
        let Some(start) = line.checked_sub(1).and_then(|index| self.line_starts.get(index)) else {
            return "";
        };
        let end = self.line_starts.get(line).map_or(self.text.len(), |next| next - 1);
        &self.text[*start..end]
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.line_starts.len()
    }

    /// The exact text of a span. Empty when the span is of another text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }
}

/// Formats that people try and that hold no readable text.
fn refused(bytes: &[u8]) -> Option<NoPlan> {
    let (kind, advice) = if bytes.starts_with(b"%PDF") {
        (
            "PDF 文件",
            "请在阅读器里全选、复制到文本文件，或用 Word 打开后另存为 .docx",
        )
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        ("旧版 Office 文件（.doc 等）", "请用 Word 或 WPS 打开后另存为 .docx")
    } else if bytes.starts_with(b"{\\rtf") {
        ("RTF 文件", "请用 Word 或 WPS 打开后另存为 .docx")
    } else if [&b"\x89PNG"[..], b"\xFF\xD8\xFF", b"GIF8"]
        .iter()
        .any(|m| bytes.starts_with(m))
    {
        ("图片", "请先做文字识别（OCR），再读取文字")
    } else {
        return None;
    };
    Some(NoPlan::Format { kind, advice })
}

fn decode_text(bytes: &[u8]) -> (String, &'static str, usize) {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        return counted(text.into_owned(), encoding.name());
    }
    // Neither UTF-8 nor GB 18030 text holds a zero byte, UTF-16 with any ASCII in it does.
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    if bytes.len() >= 4 && bytes.contains(&0) {
        let encoding = if zeros(1) >= zeros(0) {
            encoding_rs::UTF_16LE
        } else {
            encoding_rs::UTF_16BE
        };
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return counted(text.into_owned(), encoding.name());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), "UTF-8", 0);
    }
    if let Some(encoding) = html::declared_encoding(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return counted(text.into_owned(), encoding.name());
    }
    let utf8 = counted(String::from_utf8_lossy(bytes).into_owned(), "UTF-8");
    let (text, _) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    let gb = counted(text.into_owned(), encoding_rs::GB18030.name());
    if utf8.2 <= gb.2 { utf8 } else { gb }
}

fn counted(text: String, encoding: &'static str) -> (String, &'static str, usize) {
    let undecodable = text.matches('\u{FFFD}').count();
    (text, encoding, undecodable)
}
