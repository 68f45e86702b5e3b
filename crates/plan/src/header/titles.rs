//! Titles, also those that are split over lines.

use std::ops::Range;

use super::Header;
use super::numbers::doc_no;
use crate::model::Span;
use crate::outline::marker::marker;
use crate::text::{Para, ends_with, find, has_any, starts_with};

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

pub(super) fn find_titles(front: &[Para], header: &mut Header) {
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
