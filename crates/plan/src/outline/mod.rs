//! The numbered outline: which paragraph stands under which heading.

pub(crate) mod kind;
pub(crate) mod marker;
pub(crate) mod title;

use std::ops::Range;

use crate::model::{KeyGroup, SectionKind};
use crate::text::Para;
use marker::{MarkKind, Marker, marker};
use title::Heading;

/// A heading and what stands directly under it.
#[derive(Debug)]
pub(crate) struct Node {
    /// `None` for the text before the first heading.
    pub mark: Option<Marker>,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    /// The paragraph with the heading.
    pub head: Option<usize>,
    pub heading: Heading,
    pub kind: SectionKind,
    pub key_group: Option<KeyGroup>,
    /// Paragraphs under the heading and before the next one.
    pub entries: Vec<Entry>,
    /// Paragraphs from the heading to the end of everything under it.
    pub paras: Range<usize>,
}

/// A paragraph under a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub para: usize,
    /// Length of its —— mark, if it is an item.
    pub dash: Option<usize>,
}

/// Builds the outline of the paragraphs from `body` on. `aside` paragraphs belong to the head of the document;
/// `rows` are claimed by tables.
pub(crate) fn outline(paras: &[Para], body: usize, aside: &[usize], rows: &[bool]) -> Vec<Node> {
    let mut nodes = vec![Node {
        mark: None,
        parent: None,
        children: Vec::new(),
        head: None,
        heading: Heading::default(),
        kind: SectionKind::Preface,
        key_group: None,
        entries: Vec::new(),
        paras: body..paras.len(),
    }];
    let mut stack: Vec<usize> = vec![0];
    for (index, para) in paras.iter().enumerate().skip(body) {
        if rows.get(index).copied().unwrap_or(false) {
            for open in &stack {
                nodes[*open].paras.end = index + 1;
            }
            continue;
        }
        if aside.contains(&index) {
            continue;
        }
        let mark = if para.cells.is_empty() {
            marker(&para.folded)
        } else {
            None
        };
        let current = stack[stack.len() - 1];
        match mark {
            Some(Marker {
                kind: MarkKind::Dash,
                length,
                ..
            }) => nodes[current].entries.push(Entry {
                para: index,
                dash: Some(length),
            }),
            Some(mark) if !is_inline_enumeration(&nodes, &stack, mark) => {
                place(&mut nodes, &mut stack, mark);
                let parent = stack[stack.len() - 1];
                let number = nodes.len();
                let heading = title::split(para, mark.length, mark.kind);
                nodes.push(Node {
                    mark: Some(mark),
                    parent: Some(parent),
                    children: Vec::new(),
                    head: Some(index),
                    heading,
                    kind: SectionKind::Task,
                    key_group: None,
                    entries: Vec::new(),
                    paras: index..index + 1,
                });
                nodes[parent].children.push(number);
                stack.push(number);
            }
            _ => nodes[current].entries.push(Entry {
                para: index,
                dash: None,
            }),
        }
        for open in &stack {
            nodes[*open].paras.end = index + 1;
        }
    }
    kind::classify(paras, &mut nodes);
    nodes
}

/// Closes the headings that a new one ends.
fn place(nodes: &mut [Node], stack: &mut Vec<usize>, mark: Marker) {
    let same = stack
        .iter()
        .position(|node| nodes[*node].mark.is_some_and(|open| open.kind == mark.kind));
    if let Some(level) = same {
        stack.truncate(level);
        return;
    }
    while stack.len() > 1 {
        let top = nodes[stack[stack.len() - 1]].mark.map_or(0, |open| rank(open.kind));
        if top <= rank(mark.kind) {
            break;
        }
        stack.pop();
    }
}

/// How far out a kind of mark stands where a document has not used it yet (GB/T 9704-2012, 7.3.3).
fn rank(kind: MarkKind) -> u8 {
    match kind {
        MarkKind::Annex => 0,
        MarkKind::Part(level) => 1 + level,
        MarkKind::Numeral => 8,
        MarkKind::Decimal(components) => 8 + components,
        MarkKind::NumeralInBrackets => 12,
        MarkKind::Digit => 14,
        MarkKind::DigitInBrackets => 16,
        MarkKind::Circled => 18,
        MarkKind::Dash => 20,
    }
}

/// （1） and ① under a —— item go on with that item and are no headings.
fn is_inline_enumeration(nodes: &[Node], stack: &[usize], mark: Marker) -> bool {
    let current = &nodes[stack[stack.len() - 1]];
    let in_item = current.entries.iter().any(|entry| entry.dash.is_some());
    let known = stack
        .iter()
        .any(|node| nodes[*node].mark.is_some_and(|open| open.kind == mark.kind));
    in_item && !known && matches!(mark.kind, MarkKind::DigitInBrackets | MarkKind::Circled)
}

/// The numbers from the outermost heading to a node, and the node's own number as written.
pub(crate) fn path(paras: &[Para], nodes: &[Node], node: usize) -> Vec<String> {
    let mut path = Vec::new();
    let mut at = Some(node);
    while let Some(index) = at {
        if let (Some(head), Some(mark)) = (nodes[index].head, nodes[index].mark) {
            let number = paras[head].text(0..mark.length);
            path.push(number.trim_end_matches(['、', '.', '，', '：']).to_owned());
        }
        at = nodes[index].parent;
    }
    path.reverse();
    path
}
