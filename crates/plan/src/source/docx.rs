//! The text of a Word document: one line a paragraph, one line a table row with its cells separated by tabs.
//! Automatic numbers are part of what people see, so they are counted and written out (ECMA-376 part 1, 17.9).

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::NoPlan;

/// Unpacked parts larger than this are refused: no plan is, a decompression bomb is.
const MAX_PART: u64 = 64 * 1024 * 1024;
/// Levels of a list (ECMA-376 part 1, 17.9.6: nine), the highest start and the longest label that are believed.
const MAX_LEVEL: usize = 8;
const MAX_START: usize = 32_767;
const MAX_LABEL: usize = 64;
/// Text longer than this is no plan; numbers written out may not blow a small file up.
const MAX_TEXT: usize = 64 * 1024 * 1024;

/// Reads the main document part.
pub(super) fn text(bytes: &[u8]) -> Result<String, NoPlan> {
    let damaged = |error: &dyn std::fmt::Display| NoPlan::Damaged(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let Some(document) = part(&mut archive, "word/document.xml")? else {
        let is_sheet = archive
            .file_names()
            .any(|name| name.is_ok_and(|name| name == "xl/workbook.xml"));
        return Err(NoPlan::Format {
            kind: if is_sheet { "Excel 表格" } else { "压缩包" },
            advice: "请选择方案正文的 .docx 或文本文件",
        });
    };
    let mut numbering = match part(&mut archive, "word/numbering.xml")? {
        Some(xml) => Numbering::read(&xml),
        None => Numbering::default(),
    };
    if let Some(xml) = part(&mut archive, "word/styles.xml")? {
        numbering.read_styles(&xml);
    }
    body(&document, &mut numbering).map_err(|error| damaged(&error))
}

fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, NoPlan> {
    let Ok(file) = archive.by_name(name) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(MAX_PART + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| NoPlan::Damaged(error.to_string()))?;
    if bytes.len() as u64 > MAX_PART {
        return Err(NoPlan::Damaged(format!("{name} 解压后超过 64 MB")));
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.into_owned())
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<(String, usize)>,
}

fn body(xml: &str, numbering: &mut Numbering) -> Result<String, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut out = String::new();
    // A text box nests paragraphs inside a paragraph, a table nests them inside cells.
    let mut open: Vec<Paragraph> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut in_text = false;
    let mut deleted = 0_usize;
    let mut fallback = 0_usize;
    loop {
        let event = reader.read_event()?;
        if out.len() > MAX_TEXT {
            break;
        }
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "p" if !empty => open.push(Paragraph::default()),
                "tr" if !empty => rows.push(Vec::new()),
                "tc" if !empty => {
                    if let Some(row) = rows.last_mut() {
                        row.push(String::new());
                    }
                }
                "t" => in_text = !empty && deleted == 0 && fallback == 0,
                "del" | "moveFrom" if !empty => deleted += 1,
                // A text box stands twice, the second time for old readers.
                "Fallback" if !empty => fallback += 1,
                "tab" | "br" | "cr" => {
                    if let Some(paragraph) = open.last_mut()
                        && deleted == 0
                        && !paragraph.text.is_empty()
                    {
                        let line_break = tag.local_name().as_ref() != "tab" && rows.is_empty();
                        paragraph.text.push(if line_break { '\n' } else { ' ' });
                    }
                }
                "pStyle" => set(&mut open, |paragraph| paragraph.style = attribute(&tag, "val")),
                "numId" => set(&mut open, |paragraph| {
                    if let Some(id) = attribute(&tag, "val") {
                        paragraph.list.get_or_insert_default().0 = id;
                    }
                }),
                "ilvl" => set(&mut open, |paragraph| {
                    let level = attribute(&tag, "val").and_then(|value| value.parse().ok());
                    if let Some(level) = level.filter(|level| *level <= MAX_LEVEL) {
                        paragraph.list.get_or_insert_default().1 = level;
                    }
                }),
                _ => {}
            },
            Event::Text(text) if in_text => {
                let text = text.as_ref().to_owned();
                set(&mut open, |paragraph| paragraph.text.push_str(&text));
            }
            Event::GeneralRef(reference) if in_text => {
                let character = reference.resolve_char_ref().ok().flatten();
                let name = reference.as_ref().to_owned();
                set(&mut open, |paragraph| match (character, &*name) {
                    (Some(character), _) => paragraph.text.push(character),
                    (None, "amp") => paragraph.text.push('&'),
                    (None, "lt") => paragraph.text.push('<'),
                    (None, "gt") => paragraph.text.push('>'),
                    (None, "quot") => paragraph.text.push('"'),
                    (None, "apos") => paragraph.text.push('\''),
                    (None, _) => {}
                });
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => in_text = false,
                "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
                "Fallback" => fallback = fallback.saturating_sub(1),
                "p" => {
                    let Some(paragraph) = open.pop() else { continue };
                    let line = numbering.label(&paragraph) + &paragraph.text;
                    match rows.last_mut().and_then(|row| row.last_mut()) {
                        Some(cell) => {
                            if !cell.is_empty() && !line.is_empty() {
                                cell.push(' ');
                            }
                            cell.push_str(&line.replace(['\t', '\n'], " "));
                        }
                        None => {
                            out.push_str(&line);
                            out.push('\n');
                        }
                    }
                }
                "tr" => {
                    if let Some(row) = rows.pop() {
                        let line = row.join("\t");
                        match rows.last_mut().and_then(|row| row.last_mut()) {
                            Some(cell) => cell.push_str(&line.replace('\t', " ")),
                            None => {
                                out.push_str(&line);
                                out.push('\n');
                            }
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    Ok(out)
}

fn set(open: &mut [Paragraph], change: impl FnOnce(&mut Paragraph)) {
    if let Some(paragraph) = open.last_mut() {
        change(paragraph);
    }
}

/// One level of an automatic list.
#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    text: String,
    start: usize,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
struct Numbering {
    levels: HashMap<(String, usize), Level>,
    abstract_of: HashMap<String, String>,
    styles: HashMap<String, (String, usize)>,
    counters: HashMap<String, Vec<usize>>,
}

impl Numbering {
    fn read(xml: &str) -> Self {
        let mut numbering = Self::default();
        let mut reader = Reader::from_str(xml);
        let (mut list, mut level, mut num) = (String::new(), 0_usize, String::new());
        while let Ok(event) = reader.read_event() {
            let tag = match event {
                Event::Eof => break,
                Event::Start(tag) | Event::Empty(tag) => tag,
                _ => continue,
            };
            let value = attribute(&tag, "val").unwrap_or_default();
            let name = tag.local_name();
            match name.as_ref() {
                "abstractNum" => list = attribute(&tag, "abstractNumId").unwrap_or_default(),
                "lvl" => {
                    level = attribute(&tag, "ilvl")
                        .and_then(|value| value.parse().ok())
                        .filter(|level| *level <= MAX_LEVEL)
                        .unwrap_or(0);
                    let entry = numbering.levels.entry((list.clone(), level)).or_default();
                    entry.start = 1;
                }
                "num" => num = attribute(&tag, "numId").unwrap_or_default(),
                "abstractNumId" => {
                    numbering.abstract_of.insert(num.clone(), value);
                }
                "start" | "numFmt" | "lvlText" => {
                    if let Some(entry) = numbering.levels.get_mut(&(list.clone(), level)) {
                        match name.as_ref() {
                            "start" => entry.start = value.parse().unwrap_or(1).clamp(1, MAX_START),
                            "numFmt" => entry.format = value,
                            _ => entry.text = value.chars().take(MAX_LABEL).collect(),
                        }
                    }
                }
                _ => {}
            }
        }
        numbering
    }

    fn read_styles(&mut self, xml: &str) {
        let mut reader = Reader::from_str(xml);
        let (mut style, mut list, mut level) = (String::new(), None, 0);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Eof => break,
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "style" => {
                        style = attribute(&tag, "styleId").unwrap_or_default();
                        (list, level) = (None, 0);
                    }
                    "numId" => list = attribute(&tag, "val"),
                    "ilvl" => {
                        level = attribute(&tag, "val")
                            .and_then(|value| value.parse().ok())
                            .filter(|level| *level <= MAX_LEVEL)
                            .unwrap_or(0);
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().as_ref() == "style" => {
                    if let Some(list) = list.take() {
                        self.styles.insert(style.clone(), (list, level));
                    }
                }
                _ => {}
            }
        }
    }

    /// The number that Word shows before a paragraph, counted on.
    fn label(&mut self, paragraph: &Paragraph) -> String {
        let from_style = paragraph
            .style
            .as_ref()
            .and_then(|style| self.styles.get(style).cloned());
        let Some((num, depth)) = paragraph.list.clone().or(from_style) else {
            return String::new();
        };
        let Some(list) = self.abstract_of.get(&num).cloned() else {
            return String::new();
        };
        let Some(level) = self.levels.get(&(list.clone(), depth)).cloned() else {
            return String::new();
        };
        if paragraph.text.trim().is_empty() || level.format == "none" {
            return String::new();
        }
        let counters = self.counters.entry(list.clone()).or_default();
        counters.truncate(depth + 1);
        while counters.len() < depth + 1 {
            let start = self
                .levels
                .get(&(list.clone(), counters.len()))
                .map_or(1, |level| level.start);
            counters.push(start.saturating_sub(1));
        }
        counters[depth] += 1;
        if level.format == "bullet" {
            return "——".to_owned();
        }
        let mut label = level.text;
        for (index, count) in counters.iter().enumerate() {
            let format = self
                .levels
                .get(&(list.clone(), index))
                .map_or("decimal", |level| level.format.as_str());
            label = label.replace(&format!("%{}", index + 1), &number(*count, format));
        }
        label
    }
}

fn number(count: usize, format: &str) -> String {
    if format.starts_with("chinese") || format.starts_with("ideograph") || format.starts_with("japanese") {
        crate::text::numerals::chinese(count)
    } else {
        count.to_string()
    }
}
