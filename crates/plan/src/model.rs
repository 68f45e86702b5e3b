//! What a compiled plan is. These types are the JSON that `kepu plan compile` prints and the data that
//! the application stores; they hold no behaviour beyond small questions about themselves.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A place in the decoded source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// First byte in the decoded UTF-8 source text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// An official plan as data: 实施方案.
///
/// Text fields are canonical: line wraps and layout spaces are removed and half-width punctuation between Chinese
/// characters is written full-width. The exact original is what the spans point at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// Title of the plan itself, joined when it was split over lines.
    pub title: Option<String>,
    /// Title of the notice that issues the plan, when there is one.
    pub title_in_notice: Option<String>,
    /// The office that issues the document.
    pub issuer: Option<String>,
    /// 发文字号, such as 通政办发〔2022〕14号.
    pub doc_no: Option<String>,
    /// 成文日期 as `YYYY-MM-DD`.
    pub date: Option<String>,
    /// First and last year that the plan covers.
    pub period: Option<[i32; 2]>,
    /// 主送机关, as written, with its colon.
    pub addressees: Option<String>,
    /// 抄送, as written.
    pub copies: Option<String>,
    /// The rule of leadership that the document states once (…排在第一位的部门为牵头部门，下同).
    pub lead_rule: Option<String>,
    /// Targets and baselines in the order of the text.
    pub targets: Vec<Target>,
    /// Numbers in the text that bind someone but are no goals of the plan (subsidy rates, ceilings, age limits).
    pub amounts: Vec<Amount>,
    /// Deadlines in the order of the text.
    pub deadlines: Vec<Deadline>,
    /// All headed parts of the text, outermost first, in the order of the text.
    pub sections: Vec<Section>,
    /// Everyone whom the plan gives something to do, in the order of first mention.
    pub units: Vec<Party>,
    /// What the compiler noticed, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Plan {
    /// Every duty clause of the plan, those of a section before those of its measures.
    pub fn all_duties(&self) -> impl Iterator<Item = &Duty> {
        self.sections.iter().flat_map(|section| {
            section
                .duties
                .iter()
                .chain(section.measures.iter().flat_map(|measure| &measure.duties))
        })
    }
}

/// A headed part of the plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// Numbers from the outermost heading to this one: `["三", "（一）"]`. Empty for text before any heading.
    pub path: Vec<String>,
    /// The number as written: `三、`, `（一）`, `1.`; absent where the heading has none.
    pub number: Option<String>,
    /// The heading.
    pub title: Option<String>,
    /// What this part of the plan is for.
    pub kind: SectionKind,
    /// The 重点人群 that a programme is for, where its heading or first sentence names one.
    pub key_group: Option<KeyGroup>,
    /// Text under the heading before the first measure.
    pub intro: Option<String>,
    /// Duty clauses that cover the whole section.
    pub duties: Vec<Duty>,
    /// The measures (举措) of the section itself, not those of the sections under it.
    pub measures: Vec<Measure>,
    /// Duties given in running text, without a clause. Each is an accountable item of its own.
    pub inline_duties: Vec<InlineDuty>,
    /// Marked items that are no measures: principles and goals.
    pub items: Vec<Item>,
    /// 1-based line of the heading in the source text.
    pub line: usize,
    /// The section from its heading to the end of its text, sections under it included.
    pub span: Span,
}

impl Section {
    /// The line of the heading, from the section's start to its title's end.
    pub(crate) fn heading_span(&self, source: &crate::source::Source) -> Span {
        let line = source.line_text(source.line(self.span.start)).len();
        Span {
            start: self.span.start,
            end: (self.span.start + line).min(self.span.end),
        }
    }
}

/// What a section is for, judged by its heading and the headings above it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// 前言、背景.
    Preface,
    /// 指导思想、总体要求.
    Guidance,
    /// 基本原则.
    Principle,
    /// 工作目标.
    Goal,
    /// 行动: a programme, mostly for one key group.
    Action,
    /// 工程: a programme of building.
    Project,
    /// 组织实施、保障措施.
    Safeguard,
    /// 附件: an annex or its table.
    Annex,
    /// Any other part that may hold measures.
    #[default]
    Task,
}

impl SectionKind {
    /// Whether marked items in such a section are measures that somebody answers for.
    pub fn holds_measures(self) -> bool {
        matches!(
            self,
            Self::Action | Self::Project | Self::Safeguard | Self::Annex | Self::Task
        )
    }

    /// Whether the section is a programme: one of the plan's actions or projects.
    pub fn is_programme(self) -> bool {
        matches!(self, Self::Action | Self::Project)
    }
}

/// The five groups of residents that the national outline names (重点人群).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyGroup {
    /// 青少年.
    Youth,
    /// 农民.
    Farmers,
    /// 产业工人.
    Workers,
    /// 老年人.
    Elders,
    /// 领导干部和公务员.
    Officials,
}

/// A measure (举措): the smallest piece of the plan that somebody answers for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measure {
    /// The number as written, for numbered measures.
    pub number: Option<String>,
    /// The short title; absent where the whole item is one sentence.
    pub title: Option<String>,
    /// The first twenty characters after the title.
    pub first_words: String,
    /// The whole text after the title, duty clauses left out.
    pub text: String,
    /// How the text marks it.
    pub mark: Mark,
    /// Duty clauses of its own. A clause covers the sentences between the clause before it and itself.
    pub duties: Vec<Duty>,
    /// The duty clauses of the section apply when the measure has none of its own.
    pub inherits_duties: bool,
    /// 1-based line in the source text.
    pub line: usize,
    /// The whole item in the source text.
    pub span: Span,
}

/// How the text marks a measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// A —— item.
    #[default]
    Dash,
    /// A numbered item.
    Number,
    /// A paragraph without a mark, with a duty clause of its own.
    Paragraph,
    /// A row of a table.
    Row,
}

/// A marked item that is no measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Principle or goal, after its section.
    pub kind: SectionKind,
    /// The number as written, if any.
    pub number: Option<String>,
    /// Its short title.
    pub title: Option<String>,
    /// The whole text after the title.
    pub text: String,
    /// 1-based line in the source text.
    pub line: usize,
    /// The item in the source text.
    pub span: Span,
}

/// A duty clause (分工).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Duty {
    /// What the clause says about who leads.
    pub kind: DutyKind,
    /// 牵头: units that lead, as written.
    pub lead: Vec<String>,
    /// 参与、配合: units that take part, as written.
    pub participants: Vec<String>,
    /// 负责 without a lead named: nobody is guessed to lead.
    pub responsible: Vec<String>,
    /// 指导: units that guide.
    pub guides: Vec<String>,
    /// Units that a rule stated once (以下均需B落实，不再列出) adds to this clause without being written in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standing: Vec<String>,
    /// The list ends with 等单位 or the like, so others may be asked.
    pub open_ended: bool,
    /// The clause as written, brackets included.
    pub raw: String,
    /// 1-based line in the source text.
    pub line: usize,
    /// The clause in the source text.
    pub span: Span,
    /// The sentences that the clause covers, in the source text.
    #[serde(default)]
    pub covers: Span,
}

impl Duty {
    /// Every unit of the clause with its role, in the order lead, participants, responsible, guides.
    pub fn roles(&self) -> impl Iterator<Item = (Role, &str)> {
        self.lead
            .iter()
            .map(|unit| (Role::Lead, unit.as_str()))
            .chain(self.participants.iter().map(|unit| (Role::Participant, unit.as_str())))
            .chain(self.responsible.iter().map(|unit| (Role::Responsible, unit.as_str())))
            .chain(self.guides.iter().map(|unit| (Role::Guide, unit.as_str())))
    }
}

/// What a duty clause says about who leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DutyKind {
    /// Lead and participants both named.
    LeadNamed,
    /// Only a lead is named.
    LeadOnly,
    /// Several units, all of them lead (A、B牵头负责).
    AllLead,
    /// A rule stated once makes the first unit the lead.
    FirstIsLead,
    /// 按职责分工负责, nobody leads.
    ByDuty,
    /// A lead, and others 按职责分工负责.
    #[serde(rename = "lead+by-duty")]
    LeadByDuty,
    /// A、B负责: several answer, no lead is named and none is guessed.
    #[default]
    ResponsibleList,
    /// Only guidance.
    Guide,
    /// A指导，B负责落实.
    #[serde(rename = "guide+implement")]
    GuideImplement,
    /// A指导，B参与.
    #[serde(rename = "guide+participate")]
    GuideParticipate,
    /// From the columns of a table.
    Table,
}

/// The part that a unit has in a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 牵头.
    Lead,
    /// 参与、配合.
    Participant,
    /// 负责, no lead named.
    Responsible,
    /// 指导.
    Guide,
}

/// A duty in running text: a unit and what it has to do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InlineDuty {
    /// The subject as written; several units may share it.
    pub unit: String,
    /// The same, taken apart.
    pub units: Vec<String>,
    /// What the unit has to do, to the end of the clause.
    pub text: String,
    /// The whole sentence.
    pub sentence: String,
    /// 1-based line in the source text.
    pub line: usize,
    /// Subject and duty in the source text.
    pub span: Span,
}

/// A number that the plan wants to reach, or one that it starts from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// Goal or starting point.
    pub kind: TargetKind,
    /// The words of the text that say it.
    pub text: String,
    /// What is counted.
    pub metric: Option<String>,
    /// Where it is counted, where the text says so.
    pub scope: Option<String>,
    /// The number, in `unit`s.
    pub value: Option<f64>,
    /// As written: `%`, 项, 万亿元, 倍.
    pub unit: Option<String>,
    /// The year by which, or of which, it holds.
    pub year: Option<i32>,
    /// As written: 达到, 超过, 不低于, 左右, 以上 …
    pub comparator: Option<String>,
    /// As written: 力争, 努力, 争取.
    pub hedge: Option<String>,
    /// 约束性 or 预期性, from indicator tables.
    pub binding: Option<String>,
    /// The section it stands in.
    pub path: Vec<String>,
    /// 1-based line in the source text.
    pub line: usize,
    /// The words in the source text.
    pub span: Span,
}

/// Whether a number is a goal of the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TargetKind {
    /// To be reached.
    #[default]
    Target,
    /// Where things stood.
    Baseline,
}

/// A number that rules something but is no goal of the plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Amount {
    /// The words of the text that say it.
    pub text: String,
    /// 1-based line in the source text.
    pub line: usize,
    /// The words in the source text.
    pub span: Span,
}

/// A time by which, or a stretch in which, something is due.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// As written.
    pub text: String,
    /// How to read it.
    pub kind: DeadlineKind,
    /// First day, `YYYY-MM-DD`, where the words give one.
    pub from: Option<String>,
    /// Last day, `YYYY-MM-DD`, where the words give one.
    pub until: Option<String>,
    /// For times that run from the issue of the document: how many days.
    pub days: Option<u32>,
    /// The section it stands in.
    pub path: Vec<String>,
    /// 1-based line in the source text.
    pub line: usize,
    /// The words in the source text.
    pub span: Span,
}

/// How a deadline is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeadlineKind {
    /// Up to a day.
    #[default]
    By,
    /// From a day to a day.
    Range,
    /// From a day on.
    From,
    /// Counted from the day of issue.
    AfterIssue,
    /// 持续推进, 长期坚持: no end.
    Ongoing,
    /// Every year, up to a day in it.
    Yearly,
    /// A part of a year without the year (上半年).
    Relative,
}

/// Someone whom the plan gives something to do, under all the names that the text uses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Party {
    /// The usual short name.
    pub name: String,
    /// Every form in the text, the usual one first.
    pub written: Vec<String>,
    /// One unit, or a collective whose members the roster of the office gives.
    pub collective: bool,
    /// The unit that houses it (设在…), where the text says so.
    pub seat: Option<String>,
    /// Clauses in which it leads.
    pub lead: usize,
    /// … in which it takes part.
    pub participant: usize,
    /// … in which it answers without a lead being named, running text included.
    pub responsible: usize,
    /// … in which it guides.
    pub guide: usize,
    /// 1-based line of the first mention.
    pub line: usize,
}

/// Something that the compiler noticed and that a person should look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// Stable code, such as `K103`. `docs/plan-diagnostics.md` lists them.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What was seen, in Chinese.
    pub message: String,
    /// 1-based line in the source text.
    pub line: usize,
    /// 1-based column, in characters.
    pub column: usize,
    /// What to do about it, in Chinese.
    pub help: String,
    /// The place in the source text.
    pub span: Span,
}

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably a slip in the document or a doubt in the reading.
    Warning,
    /// Something could not be read.
    Error,
}
