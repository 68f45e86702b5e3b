//! What a unit's name looks like, how a list of them is taken apart, and which names are one party.

use crate::text::{beginning, canon, ending, has_any, is_han};

/// Endings of the names of units, longer ones first where one ends in the other.
pub(super) const SUFFIXES: [&str; 68] = [
    "人民政府",
    "政府",
    "办公室",
    "办公厅",
    "办事处",
    "委员会",
    "管委会",
    "居委会",
    "村委会",
    "领导小组",
    "指挥部",
    "联席会议",
    "局",
    "委",
    "厅",
    "部",
    "署",
    "办",
    "院",
    "总队",
    "支队",
    "大队",
    "中心",
    "联合会",
    "联合社",
    "协会",
    "学会",
    "工会",
    "科协",
    "妇联",
    "残联",
    "侨联",
    "文联",
    "社科联",
    "工商联",
    "团委",
    "团区委",
    "团县委",
    "团市委",
    "团省委",
    "红十字会",
    "供销社",
    "银行",
    "公司",
    "集团",
    "电视台",
    "报社",
    "党校",
    "学院",
    "大学",
    "学校",
    "科技馆",
    "博物馆",
    "图书馆",
    "文化馆",
    "档案馆",
    "海关",
    "总社",
    "证监会",
    "银保监会",
    "医保局",
    "中科院",
    "街道",
    "乡镇",
    "所",
    "站",
    "社",
    "会",
];

/// Endings of collectives.
const COLLECTIVE_SUFFIXES: [&str; 22] = [
    "成员单位",
    "有关单位",
    "相关单位",
    "单位",
    "有关部门",
    "相关部门",
    "部门",
    "委办局",
    "各委局",
    "街道乡镇",
    "乡镇街道",
    "街镇",
    "镇街",
    "乡镇政府",
    "街道",
    "乡镇",
    "地区",
    "人民政府",
    "政府",
    "各区",
    "各县",
    "各市",
];

/// Whether folded characters can be the name of a unit or a collective.
pub(crate) fn looks_like(chars: &[char]) -> bool {
    let core = strip_bracket(chars);
    if core.len() < 2 || core.len() > 40 {
        return false;
    }
    if core
        .iter()
        .any(|c| !is_han(*c) && !matches!(c, '（' | '）' | '、' | '“' | '”' | '·') && !c.is_ascii_alphanumeric())
    {
        return false;
    }
    is_collective(core) || ending(core, &SUFFIXES).is_some() || is_place(core)
}

/// 各有关区, 县级市, 通州区: places stand for their governments.
pub(super) fn is_place(chars: &[char]) -> bool {
    chars.len() <= 8
        && chars.len() >= 2
        && chars
            .last()
            .is_some_and(|c| matches!(c, '区' | '县' | '市' | '省' | '镇' | '乡' | '旗' | '州'))
}

/// The name without a bracket at its end: 市交通委（市道运局） is 市交通委.
fn strip_bracket(chars: &[char]) -> &[char] {
    if chars.last() == Some(&'）')
        && let Some(open) = chars.iter().position(|c| *c == '（')
    {
        return &chars[..open];
    }
    chars
}

/// Whether a name stands for many units whose members a roster must give.
pub(crate) fn is_collective(chars: &[char]) -> bool {
    let vague = ["各", "有关", "相关", "其他", "全体", "所有"];
    if beginning(chars, &vague).is_some() && (ending(chars, &COLLECTIVE_SUFFIXES).is_some() || is_place(chars)) {
        return true;
    }
    let inside = [
        "各级",
        "相关部门",
        "有关部门",
        "有关单位",
        "相关单位",
        "成员单位",
        "各部门",
        "各单位",
        "各委办局",
    ];
    has_any(chars, &inside) || ending(chars, &["街道乡镇", "乡镇街道", "街道和乡镇", "委办局", "县级市"]).is_some()
}

/// The key under which all names of one party fall together.
///
/// Written forms differ in the script, in 各, in full or short endings and in long or short names of offices; what
/// tells parties apart is kept, so 老科协 is not 区科协. The rules are those of how offices abbreviate; names that they
/// do not reach are joined by the aliases of the roster.
pub fn key(name: &str) -> String {
    let mut chars: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).map(canon::fold).collect();
    if let Some(open) = chars.iter().position(|c| *c == '（')
        && open > 1
    {
        chars.truncate(open);
    }
    let mut text: String = chars
        .into_iter()
        .filter(|c| !matches!(c, '，' | '、' | '“' | '”' | '和' | '与' | '及'))
        .collect();
    if is_streets_and_towns(&text) {
        return "各街道乡镇".to_owned();
    }
    if matches!(
        text.as_str(),
        "各委办局"
            | "各部门"
            | "各有关部门"
            | "有关部门"
            | "各相关部门"
            | "相关部门"
            | "各有关单位"
            | "各单位"
            | "区有关部门"
            | "区各部门"
            | "各部门各单位"
    ) {
        return "各部门".to_owned();
    }
    if text.ends_with("成员单位") {
        return if text.starts_with('各') || text.chars().count() <= 4 {
            "成员单位".to_owned()
        } else {
            text
        };
    }
    for (long, short) in SHORT {
        if text.contains(long) {
            text = text.replace(long, short);
        }
    }
    text
}

fn is_streets_and_towns(text: &str) -> bool {
    let mut rest = text.to_owned();
    for word in [
        "办事处",
        "人民政府",
        "政府",
        "街道",
        "乡镇",
        "各",
        "街镇",
        "镇街",
        "乡",
        "镇",
    ] {
        rest = rest.replace(word, "");
    }
    let has_street = text.contains('街');
    let has_town = text.contains('乡') || text.contains('镇');
    rest.is_empty() && has_street && has_town
}

/// Long forms of offices and how they are abbreviated.
const SHORT: [(&str, &str); 28] = [
    ("人力资源社会保障", "人力社保"),
    ("人社局", "人力社保局"),
    ("教育委员会", "教委"),
    ("科学技术委员会", "科委"),
    ("科学技术协会", "科协"),
    ("妇女联合会", "妇联"),
    ("残疾人联合会", "残联"),
    ("工商业联合会", "工商联"),
    ("发展改革委员会", "发展改革委"),
    ("发改委", "发展改革委"),
    ("卫生健康委员会", "卫生健康委"),
    ("卫健委", "卫生健康委"),
    ("城市管理委员会", "城市管理委"),
    ("国有资产监督管理委员会", "国资委"),
    ("市场监督管理局", "市场监管局"),
    ("应急管理局", "应急局"),
    ("消防救援支队", "消防支队"),
    ("人民防空办公室", "人防办"),
    ("外事办公室", "外事办"),
    ("经济信息化", "经信"),
    ("文化旅游", "文旅"),
    ("社会工作委员会", "社工委"),
    ("全民科学素质纲要实施工作办公室", "纲要办"),
    ("机构编制委员会办公室", "编办"),
    ("人民政府", "政府"),
    ("办公室", "办"),
    ("财政局", "财政"),
    ("园林绿化局", "园林绿化局"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_party_share_a_key() {
        for forms in [
            &[
                "各街道乡镇",
                "街道乡镇",
                "各街道和乡镇",
                "各街道办事处和乡镇政府",
                "各街道办事处，各乡、镇人民政府",
                "各乡镇街道",
            ][..],
            &["区财政局", "区财政"],
            &["区纲要办", "区全民科学素质纲要实施工作办公室"],
            &["区人力社保局", "区人力资源和社会保障局", "區人力社保局"],
            &["各部门", "各有关部门", "各委办局"],
        ] {
            for form in forms {
                assert_eq!(key(form), key(forms[0]), "{form}");
            }
        }
        assert_ne!(key("老科协"), key("区科协"));
        assert_ne!(key("市科协"), key("区科协"));
        assert_ne!(key("市纲要办"), key("区纲要办"));
    }
}
