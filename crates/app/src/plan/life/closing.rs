//! The closing evaluation: rules and values. Pure.

use kepu_plan::model::Target;

/// What became of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// 完成.
    Done,
    /// 部分完成.
    Partly,
    /// 没有完成.
    NotDone,
}

impl State {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Done, Self::Partly, Self::NotDone];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Partly => "partly",
            Self::NotDone => "not-done",
        }
    }

    /// In words, as pages and sheets have it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Done => "完成",
            Self::Partly => "部分完成",
            Self::NotDone => "没有完成",
        }
    }

    /// The state that is stored or written as `text`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text || state.label() == text)
    }
}

/// What was done of a measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureClosing {
    /// Id of the measure.
    pub measure: String,
    /// What became of it.
    pub state: State,
    /// What was done.
    pub done: String,
    /// What shows it.
    pub source: String,
}

/// Where a target stands at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetClosing {
    /// The target's key.
    pub target: String,
    /// The value that was reached; nothing where it was not measured.
    pub value: Option<f64>,
    /// The year of the measurement.
    pub year: Option<i64>,
    /// Where the value comes from.
    pub source: String,
    /// What has to be known beside it.
    pub note: String,
}

/// A whole closing evaluation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Closing {
    /// Measures.
    pub measures: Vec<MeasureClosing>,
    /// Targets.
    pub targets: Vec<TargetClosing>,
}

/// What a target is known by in the closing evaluation: what is counted, and the year.
pub fn target_key(target: &Target) -> String {
    let metric = target.metric.as_deref().unwrap_or(&target.text);
    format!(
        "{metric}|{}",
        target.year.map_or_else(String::new, |year| year.to_string())
    )
}

/// Whether a target was reached by a value. `None` when the plan or the evaluation has no number, or when the words of
/// the plan leave it to judgement (左右).
pub fn is_reached(target: &Target, value: Option<f64>) -> Option<bool> {
    let (goal, value) = (target.value?, value?);
    match target.comparator.as_deref().unwrap_or("达到") {
        "左右" | "约" => None,
        "超过" | "高于" | "大于" => Some(value > goal),
        "低于" | "小于" => Some(value < goal),
        "以下" | "不超过" | "不高于" | "控制在" => Some(value <= goal),
        _ => Some(value >= goal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_plan_decide() {
        let target = |comparator: &str| Target {
            value: Some(28.0),
            comparator: Some(comparator.to_owned()),
            ..Target::default()
        };
        assert_eq!(is_reached(&target("达到"), Some(28.0)), Some(true));
        assert_eq!(is_reached(&target("超过"), Some(28.0)), Some(false));
        assert_eq!(is_reached(&target("不超过"), Some(28.0)), Some(true));
        assert_eq!(is_reached(&target("左右"), Some(28.0)), None);
        assert_eq!(is_reached(&target("达到"), None), None);
    }
}
