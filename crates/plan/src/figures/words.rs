//! The words that make a number a target, a baseline or a rule.

/// Words before the number, longer ones first where one ends in the other.
pub(super) const BEFORE: [&str; 42] = [
    "提高到",
    "提升到",
    "提高至",
    "提升至",
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "扩大到",
    "扩大至",
    "上升到",
    "上升至",
    "降低到",
    "降低至",
    "下降到",
    "降至",
    "降到",
    "压缩至",
    "压缩到",
    "压减至",
    "控制在",
    "保持在",
    "稳定在",
    "不低于",
    "不少于",
    "不高于",
    "不超过",
    "年均增长",
    "达到",
    "突破",
    "超过",
    "高于",
    "低于",
    "至少",
    "增至",
    "增长",
    "提高",
    "下降",
    "达",
    "为",
    "增加",
    "约",
];

/// Words that only say that a value is reached; a word behind the number says more.
pub(super) const NEUTRAL: [&str; 12] = [
    "达到",
    "达",
    "为",
    "提高到",
    "提升到",
    "提高至",
    "提升至",
    "增加到",
    "增长到",
    "约",
    "增至",
    "扩大到",
];

/// Words behind the number.
pub(super) const AFTER: [&str; 6] = ["以上", "左右", "以内", "以下", "以内", "上下"];

pub(super) const HEDGES: [&str; 6] = ["力争", "争取", "努力", "预期", "有望", "预计"];

/// Verbs that make a count of things a goal: 推出100项赛事.
pub(super) const MAKING: [&str; 27] = [
    "建设", "建成", "打造", "推出", "培育", "培养", "创建", "新增", "开展", "举办", "完成", "选树", "建立", "发展",
    "扶持", "命名", "认定", "组建", "设立", "改造", "培训", "新建", "评选", "覆盖", "创作", "组织", "形成",
];

/// Words of a rule that pays or limits, not of a goal.
pub(super) const RULING: [&str; 16] = [
    "返还",
    "补贴",
    "补助",
    "贷款",
    "申请",
    "奖励",
    "罚款",
    "缴纳",
    "不裁员",
    "参保",
    "最高",
    "费率",
    "职工人数",
    "利率",
    "列支",
    "符合",
];
