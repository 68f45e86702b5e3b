//! The head of an official document: title, issuer, number, date, period, addressees, copies.
//!
//! The layout is that of GB/T 9704-2012, but what people have is a web page with a menu above it, a label line
//! (发文字号：…) or text without line ends; so each element is looked for by its form, not by its place.

mod numbers;
mod titles;

pub(crate) use numbers::{date, doc_no};

use numbers::{canonical_doc_no, iso_date, parse_date, period};
use titles::find_titles;

use crate::model::Span;
use crate::outline::marker::{MarkKind, marker};
use crate::text::{Para, ends_with, find, has_any, is_han, starts_with};

/// The head of a document and which paragraphs it took.
#[derive(Debug, Default)]
pub(crate) struct Header {
    pub title: Option<String>,
    pub title_in_notice: Option<String>,
    pub issuer: Option<String>,
    pub doc_no: Option<String>,
    pub date: Option<String>,
    pub period: Option<[i32; 2]>,
    pub addressees: Option<String>,
    pub copies: Option<String>,
    /// Where the title stands.
    pub title_span: Span,
    /// The period as the notice gives it, when the title itself says another.
    pub period_in_notice: Option<[i32; 2]>,
    /// First paragraph of the body.
    pub body: usize,
    /// Paragraphs of the body that belong to the head all the same (signature, copies).
    pub aside: Vec<usize>,
}

/// Reads the head.
pub(crate) fn read(paras: &[Para]) -> Header {
    let mut header = Header::default();
    let outline = paras
        .iter()
        .position(|para| {
            marker(&para.folded)
                .is_some_and(|mark| mark.value == 1 && matches!(mark.kind, MarkKind::Numeral | MarkKind::Part(_)))
        })
        .unwrap_or(paras.len());
    let front = &paras[..outline.min(80)];
    labels(front, &mut header);
    find_doc_no(front, &mut header);
    find_titles(front, &mut header);
    find_addressees(front, &mut header);
    find_date(paras, &mut header);
    find_issuer(paras, front.len(), &mut header);
    find_copies(paras, &mut header);
    header.period = header.title.as_deref().and_then(period);
    header.period_in_notice = header.title_in_notice.as_deref().and_then(period);
    header
}

/// Labelled values of a page's table above the text.
fn labels(front: &[Para], header: &mut Header) {
    type Field = (&'static [&'static str], fn(&mut Header, String));
    let fields: [Field; 4] = [
        (&["发文字号", "文件编号", "文号"], |header, value| {
            let chars: Vec<char> = value.chars().collect();
            if let Some((start, end)) = doc_no(&chars) {
                header.doc_no = Some(canonical_doc_no(&chars[start..end]));
            }
        }),
        (
            &["发布机构", "发文机关", "发文单位", "制发机关", "成文单位"],
            |header, value| {
                header.issuer = Some(value);
            },
        ),
        (
            &["成文日期", "成文时间", "印发日期", "发文日期"],
            |header, value| {
                let chars: Vec<char> = value.chars().collect();
                header.date = parse_date(&chars).map(|(date, _)| date).or_else(|| iso_date(&chars));
            },
        ),
        (&["标题", "文件名称"], |header, value| header.title = Some(value)),
    ];
    for para in front.iter().take(40) {
        for (names, set) in &fields {
            for name in *names {
                let Some(at) = find(&para.folded, name) else { continue };
                let mut from = at + name.chars().count();
                while matches!(para.chars.get(from), Some('：' | ':' | '】' | ']')) {
                    from += 1;
                }
                let in_cell = para.cells.iter().find(|cell| cell.end == from && cell.start == at);
                if from == at + name.chars().count() && in_cell.is_none() {
                    continue;
                }
                let to = (from..para.len())
                    .find(|to| *to > from && (para.gap[*to] || para.cells.iter().any(|cell| cell.start == *to)))
                    .unwrap_or(para.len());
                let value = para.text(from..to);
                if !value.is_empty() && value.chars().count() < 90 {
                    set(header, value);
                }
            }
        }
    }
}

fn find_doc_no(front: &[Para], header: &mut Header) {
    if header.doc_no.is_some() {
        return;
    }
    for para in front.iter().take(40) {
        if let Some((start, end)) = doc_no(&para.folded) {
            // A number inside a sentence is somebody else's.
            let alone = start <= 12 && para.len() - end <= 40 && !para.folded.contains(&'。');
            if alone || ends_with(&para.folded[..start], "意见") || ends_with(&para.folded[..start], "通知") {
                header.doc_no = Some(canonical_doc_no(&para.chars[start..end]));
                return;
            }
        }
    }
}

fn find_addressees(front: &[Para], header: &mut Header) {
    for (index, para) in front.iter().enumerate() {
        if !ends_with(&para.folded, "：") || para.len() > 200 || para.len() < 4 || para.folded.contains(&'。') {
            continue;
        }
        let body = &para.folded[..para.len() - 1];
        let addressed = [
            "机构", "单位", "部门", "政府", "局", "委", "机关", "组织", "企业", "公司", "校", "院",
        ];
        if crate::text::ending(body, &addressed).is_some() {
            header.addressees = Some(para.text(0..para.len()));
            header.body = header.body.max(index + 1);
            return;
        }
    }
}

fn find_date(paras: &[Para], header: &mut Header) {
    let mut dated: Option<String> = None;
    for (index, para) in paras.iter().enumerate() {
        let Some((start, end)) = date(&para.folded) else {
            continue;
        };
        let (before, after) = (start, para.len() - end);
        let trailer = after == 0 || starts_with(&para.folded[end..], "（此件");
        let issuer = before <= 30
            && !para.folded[..start]
                .iter()
                .any(|c| matches!(c, '，' | '。' | '：' | '自' | '从'));
        if trailer && issuer && (before == 0 || is_office(&para.folded[..start])) {
            if let Some((text, _)) = parse_date(&para.folded[start..]) {
                dated.get_or_insert(text);
            }
            if index >= header.body {
                header.aside.push(index);
            }
            if before > 0 && header.issuer.is_none() {
                header.issuer = Some(para.text(0..start));
            }
        }
    }
    if header.date.is_none() {
        header.date = dated;
    }
}

/// Whether folded characters are the name of an office.
fn is_office(chars: &[char]) -> bool {
    let suffixes = [
        "人民政府",
        "政府",
        "办公室",
        "办公厅",
        "国务院",
        "委员会",
        "委",
        "局",
        "厅",
        "部",
        "协会",
        "科协",
        "领导小组",
        "院",
        "办",
    ];
    chars.len() >= 2
        && chars.len() <= 40
        && chars
            .iter()
            .all(|c| is_han(*c) || matches!(c, '（' | '）' | '、' | ' '))
        && suffixes.iter().any(|suffix| ends_with(chars, suffix))
}

fn find_issuer(paras: &[Para], front: usize, header: &mut Header) {
    // The signature stands right above the date.
    for (index, para) in paras.iter().enumerate() {
        let dated = date(&para.folded).is_some_and(|(start, end)| start == 0 && para.len() - end <= 12);
        if dated && index > 0 && is_office(&paras[index - 1].folded) {
            if header.issuer.is_none() {
                header.issuer = Some(paras[index - 1].text(0..paras[index - 1].len()));
            }
            if index > header.body {
                header.aside.push(index - 1);
            }
        }
    }
    if header.issuer.is_some() {
        return;
    }
    let from_title = header
        .title_in_notice
        .as_deref()
        .or(header.title.as_deref())
        .and_then(|title| {
            let (office, _) = title.split_once("关于")?;
            let chars: Vec<char> = office.chars().collect();
            is_office(&chars).then(|| office.to_owned())
        });
    let red_head = || {
        paras[..front].iter().take(12).find_map(|para| {
            let body = para.len().checked_sub(2)?;
            (ends_with(&para.folded, "文件") && is_office(&para.folded[..body])).then(|| para.text(0..body))
        })
    };
    header.issuer = from_title.or_else(red_head);
}

fn find_copies(paras: &[Para], header: &mut Header) {
    let Some(index) = paras
        .iter()
        .rposition(|para| starts_with(&para.folded, "抄送") && para.len() > 3)
    else {
        return;
    };
    let mut copies = paras[index].text(0..paras[index].len());
    header.aside.push(index);
    let mut next = index + 1;
    while !copies.ends_with('。') && next < paras.len() && paras[next].len() < 80 && next <= index + 3 {
        if has_any(&paras[next].folded, &["印发", "年", "共印"]) {
            header.aside.push(next);
            break;
        }
        copies.push_str(&paras[next].text(0..paras[next].len()));
        header.aside.push(next);
        next += 1;
    }
    header.copies = Some(copies);
}
