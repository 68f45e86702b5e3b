//! The head of an official document: title, issuer, number, date, period, addressees, copies.
//!
//! The layout is that of GB/T 9704-2012, but what people have is a web page with a menu above it, a label line
//! (发文字号：…) or text without line ends; so each element is looked for by its form, not by its place.

use std::ops::Range;

use crate::model::Span;
use crate::outline::marker::{MarkKind, marker};
use crate::text::{Para, ends_with, find, has_any, is_han, numerals, starts_with};

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

/// Kinds of document that a title ends in.
const KINDS: [&str; 22] = [
    "通知",
    "意见",
    "方案",
    "规划",
    "纲要",
    "计划",
    "决定",
    "办法",
    "要点",
    "规定",
    "批复",
    "措施",
    "细则",
    "行动计划",
    "清单",
    "条例",
    "安排",
    "公告",
    "通告",
    "函",
    "任务分工",
    "分工表",
];

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

/// 发文字号 in a slice of folded characters, as a range: 通政办发〔2022〕14号.
pub(crate) fn doc_no(chars: &[char]) -> Option<(usize, usize)> {
    let opens = |c: char| matches!(c, '〔' | '[' | '（' | '(' | '【' | '〈' | '﹝' | '「');
    let closes = |c: char| matches!(c, '〕' | ']' | '）' | ')' | '】' | '〉' | '﹞' | '」');
    (2..chars.len().saturating_sub(7)).find_map(|at| {
        let year = &chars[at + 1..at + 5];
        if !opens(chars[at]) || !year.iter().all(char::is_ascii_digit) || !closes(chars[at + 5]) {
            return None;
        }
        let rest = &chars[at + 6..];
        let digits = rest.iter().take(5).take_while(|c| c.is_ascii_digit()).count();
        if digits == 0 || rest.get(digits) != Some(&'号') {
            return None;
        }
        let run = chars[..at].iter().rev().take_while(|c| is_han(**c)).count();
        let mut start = at - run;
        for word in [
            "文件", "意见", "通知", "方案", "决定", "办法", "规定", "纲要", "字号", "文号",
        ] {
            if let Some(cut) = (start..at).rev().find(|cut| starts_with(&chars[*cut..at], word)) {
                start = start.max(cut + 2);
            }
        }
        let cited = start
            .checked_sub(1)
            .is_some_and(|before| matches!(chars[before], '（' | '》' | '('));
        (at - start >= 2 && at - start <= 10 && !cited).then_some((start, at + 6 + digits + 1))
    })
}

/// The first date in a slice of folded characters, as a range: 2022年5月31日 or 二〇二二年五月三十一日.
pub(crate) fn date(chars: &[char]) -> Option<(usize, usize)> {
    (0..chars.len()).find_map(|at| parse_date(&chars[at..]).map(|(_, length)| (at, at + length)))
}

/// The date that a slice starts with, as `YYYY-MM-DD`, and its length.
fn parse_date(chars: &[char]) -> Option<(String, usize)> {
    let is_digit =
        |c: &char| c.is_ascii_digit() || matches!(c, '〇' | '零' | '○' | 'O' | 'o') || numerals::is_numeral(*c);
    let number = |from: usize, mark: char| -> Option<(usize, usize)> {
        let length = chars.get(from..)?.iter().take(5).take_while(|c| is_digit(c)).count();
        let digits = &chars[from..from + length];
        if length == 0 || chars.get(from + length) != Some(&mark) {
            return None;
        }
        let value = if digits.iter().all(char::is_ascii_digit) {
            digits.iter().collect::<String>().parse().ok()?
        } else if length == 4 && mark == '年' {
            digits.iter().try_fold(0, |value, c| {
                let digit = "〇一二三四五六七八九".chars().position(|d| d == *c);
                Some(value * 10 + digit.unwrap_or(0))
            })?
        } else {
            numerals::value(digits)?
        };
        Some((value, from + length + 1))
    };
    let (year, at) = number(0, '年')?;
    let (month, at) = number(at, '月')?;
    let (day, at) = number(at, '日')?;
    ((1949..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| (format!("{year:04}-{month:02}-{day:02}"), at))
}

/// Years that a title says it covers.
pub(crate) fn period(title: &str) -> Option<[i32; 2]> {
    let chars: Vec<char> = title.chars().collect();
    let year_at = |at: usize| -> Option<i32> {
        let digits = chars.get(at..at + 4)?;
        let before = at.checked_sub(1).map(|i| chars[i]);
        if !digits.iter().all(char::is_ascii_digit) || before.is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        let year = digits.iter().collect::<String>().parse().ok()?;
        (1990..2100).contains(&year).then_some(year)
    };
    let years: Vec<(usize, i32)> = (0..chars.len()).filter_map(|at| Some((at, year_at(at)?))).collect();
    for pair in years.windows(2) {
        let between: String = chars[pair[0].0 + 4..pair[1].0].iter().collect();
        let joined = between
            .chars()
            .all(|c| matches!(c, '年' | '-' | '—' | '–' | '~' | '～' | '至' | '到' | ' '));
        if joined && pair[0].1 <= pair[1].1 {
            // 2006—2010—2020年: the whole stretch.
            return Some([pair[0].1, years.last().map_or(pair[1].1, |last| last.1)]);
        }
    }
    for (name, years) in [
        ("十二五", [2011, 2015]),
        ("十三五", [2016, 2020]),
        ("十四五", [2021, 2025]),
        ("十五五", [2026, 2030]),
    ] {
        if title.contains(name) {
            return Some(years);
        }
    }
    match years[..] {
        [(at, year)] if chars.get(at + 4) == Some(&'年') => Some([year, year]),
        _ => None,
    }
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

fn iso_date(chars: &[char]) -> Option<String> {
    let text: String = chars.iter().take(10).collect();
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    match parts[..] {
        [year, month, day] if year.len() == 4 => Some(format!(
            "{:04}-{:02}-{:02}",
            year.parse::<u32>().ok()?,
            month.parse::<u32>().ok()?,
            day.chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
                .parse::<u32>()
                .ok()?
        )),
        _ => None,
    }
}

/// A document number as GB/T 9704 prints it: hexagonal brackets, no leading words.
fn canonical_doc_no(chars: &[char]) -> String {
    chars
        .iter()
        .map(|c| match c {
            '[' | '（' | '(' | '【' | '〈' | '﹝' | '「' => '〔',
            ']' | '）' | ')' | '】' | '〉' | '﹞' | '」' => '〕',
            other => *other,
        })
        .collect()
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

/// Whether a paragraph can be a line of a title.
fn is_title_line(para: &Para) -> bool {
    para.len() <= 80
        && para.cells.is_empty()
        && !para.folded.iter().any(|c| matches!(c, '。' | '；' | '！'))
        && !has_any(
            &para.folded,
            &[
                "此件公开发布",
                "抄送",
                "附件",
                "首页",
                "当前位置",
                "索引号",
                "打印",
                "字号：",
            ],
        )
        && doc_no(&para.folded).is_none_or(|(start, _)| start > 8)
        && marker(&para.folded).is_none()
}

fn ends_in_kind(chars: &[char]) -> bool {
    let mut end = chars.len();
    if end > 0 && chars[end - 1] == '）' {
        end = chars.iter().rposition(|c| *c == '（').unwrap_or(end);
    }
    if end > 0 && chars[end - 1] == '》' && !has_any(chars, &["关于"]) {
        end -= 1;
    }
    KINDS.iter().any(|kind| ends_with(&chars[..end], kind))
}

struct Title {
    text: String,
    folded: Vec<char>,
    lines: Range<usize>,
    span: Span,
}

/// Titles among the first paragraphs, each with the lines that it is split over.
fn titles(front: &[Para]) -> Vec<Title> {
    let mut found: Vec<Title> = Vec::new();
    let mut floor = 0;
    for last in 0..front.len() {
        let para = &front[last];
        if !is_title_line(para) || !ends_in_kind(&para.folded) || ends_with(&para.folded, "文件") {
            continue;
        }
        // 通州区…规划纲要 and 实施方案（…）are one title though the first line ends like one.
        let goes_on = front.get(last + 1).is_some_and(|next| {
            is_title_line(next)
                && ends_in_kind(&next.folded)
                && ["实施", "方案", "工作", "分工", "任务"]
                    .iter()
                    .any(|word| starts_with(&next.folded, word))
                && next.len() < 30
        });
        if goes_on {
            continue;
        }
        let mut first = last;
        while first > floor && last - first < 4 {
            let (above, here) = (&front[first - 1], &front[first]);
            if !is_title_line(above) || above.len() < 2 || ends_with(&above.folded, "文件") {
                break;
            }
            let bare = ["实施", "方案", "工作", "规划", "的", "（", "行动"]
                .iter()
                .any(|word| starts_with(&here.folded, word));
            let has_about = |para: &Para| find(&para.folded, "关于").is_some();
            let office = ["政府", "办公室", "委员会", "局", "厅", "院", "协会", "部", "办"]
                .iter()
                .any(|suffix| ends_with(&above.folded, suffix));
            let continues = (starts_with(&here.folded, "关于") || starts_with(&here.folded, "印发")) && office
                || !has_about(here) && has_about(above) && !ends_in_kind(&above.folded)
                || bare && !ends_with(&above.folded, "的通知") && above.len() >= 4;
            if !continues {
                break;
            }
            first -= 1;
        }
        let text: String = front[first..=last]
            .iter()
            .map(|para| para.text(0..para.len()))
            .collect();
        let folded: Vec<char> = front[first..=last]
            .iter()
            .flat_map(|para| para.folded.iter().copied())
            .collect();
        if folded.len() >= 6 {
            found.push(Title {
                text,
                folded,
                lines: first..last + 1,
                span: Span {
                    start: front[first].whole().start,
                    end: front[last].whole().end,
                },
            });
            floor = last + 1;
        }
    }
    found
}

fn find_titles(front: &[Para], header: &mut Header) {
    let titles = titles(front);
    let labelled = header.title.take();
    let notice = titles.iter().find(|title| {
        has_any(&title.folded, &["关于印发", "印发《", "关于转发", "关于发布"]) && title.folded.contains(&'《')
    });
    // The plan's own title stands last, right above its text.
    let own = titles
        .iter()
        .rfind(|title| notice.is_none_or(|notice| title.lines.start >= notice.lines.end))
        .filter(|title| !has_any(&title.folded, &["关于印发"]));
    if let Some(notice) = notice {
        header.title_in_notice = Some(notice.text.clone());
        header.body = notice.lines.end;
        header.title_span = notice.span;
    }
    match (own, notice) {
        (Some(own), _) => {
            header.title = Some(own.text.trim_matches(['《', '》']).to_owned());
            header.title_span = own.span;
            header.body = header.body.max(own.lines.end);
        }
        (None, Some(notice)) => {
            let open = notice.text.find('《').map(|at| at + '《'.len_utf8());
            let close = notice.text.rfind('》');
            header.title = match (open, close) {
                (Some(open), Some(close)) if open < close => Some(notice.text[open..close].to_owned()),
                _ => Some(notice.text.clone()),
            };
        }
        (None, None) => header.title = labelled,
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
