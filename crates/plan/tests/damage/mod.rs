//! The damage that a document suffers between an office and a platform, done on purpose.

/// Every kind of damage that must not change what a plan says, each with its name.
pub fn all(text: &str) -> Vec<(String, Vec<u8>)> {
    let utf16 = |big: bool, bom: bool| {
        let mut bytes = Vec::new();
        let units = bom.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        for unit in units {
            bytes.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        }
        bytes
    };
    let mut copies = vec![
        ("GB 18030".to_owned(), encoding_rs::GB18030.encode(text).0.into_owned()),
        (
            "UTF-8 with a mark".to_owned(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        ),
        ("UTF-16 LE".to_owned(), utf16(false, true)),
        ("UTF-16 BE".to_owned(), utf16(true, true)),
        ("UTF-16 LE without a mark".to_owned(), utf16(false, false)),
        ("UTF-16 BE without a mark".to_owned(), utf16(true, false)),
        ("CRLF".to_owned(), text.replace('\n', "\r\n").into_bytes()),
        ("half-width punctuation".to_owned(), half_width(text).into_bytes()),
        ("indents".to_owned(), indented(text).into_bytes()),
        ("tabs".to_owned(), text.replace('\n', "\n  ").into_bytes()),
        ("blank lines".to_owned(), text.replace('\n', "\n\n").into_bytes()),
        ("full-width digits".to_owned(), full_width_digits(text).into_bytes()),
    ];
    for width in [28, 34, 38, 40, 45, 60] {
        copies.push((format!("wrapped at {width}"), wrapped(text, width, "").into_bytes()));
    }
    copies.push((
        "wrapped at 36 with indents".to_owned(),
        wrapped(text, 36, "　　").into_bytes(),
    ));
    copies.push((
        "wrapped at 32, half-width".to_owned(),
        wrapped(&half_width(text), 32, "").into_bytes(),
    ));
    copies
}

pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '，' => ',',
            '。' => '.',
            '：' => ':',
            '；' => ';',
            '（' => '(',
            '）' => ')',
            '〔' => '[',
            '〕' => ']',
            '？' => '?',
            '“' | '”' => '"',
            other => other,
        })
        .collect()
}

pub fn full_width_digits(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_digit() {
                char::from_u32(c as u32 + 0xFEE0).unwrap_or(c)
            } else {
                c
            }
        })
        .collect()
}

pub fn indented(text: &str) -> String {
    text.lines().map(|line| format!("　　{line}\n")).collect()
}

/// Cuts every line after a number of characters, as PDF extraction does.
pub fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let chars: Vec<char> = indent.chars().chain(line.trim().chars()).collect();
        if line.trim().is_empty() {
            out.push('\n');
            continue;
        }
        for piece in chars.chunks(width) {
            out.extend(piece);
            out.push('\n');
        }
    }
    out
}
