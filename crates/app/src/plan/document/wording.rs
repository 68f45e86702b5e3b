//! What roles, key groups and kinds of section are called on pages.

use kepu_plan::model::{KeyGroup, Role, SectionKind};

/// The name of a key group.
pub fn key_group_label(group: KeyGroup) -> &'static str {
    match group {
        KeyGroup::Youth => "青少年",
        KeyGroup::Farmers => "农民",
        KeyGroup::Workers => "产业工人",
        KeyGroup::Elders => "老年人",
        KeyGroup::Officials => "领导干部和公务员",
    }
}

/// The name of a role.
pub fn role_label(role: Role) -> &'static str {
    match role {
        Role::Lead => "牵头",
        Role::Participant => "参与",
        Role::Responsible => "负责",
        Role::Guide => "指导",
    }
}

/// The mark of a role in the matrix.
pub fn role_mark(role: Role) -> &'static str {
    match role {
        Role::Lead => "●",
        Role::Participant => "○",
        Role::Responsible => "◆",
        Role::Guide => "△",
    }
}

/// A role as stored and as it stands in an address.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Lead => "lead",
        Role::Participant => "participant",
        Role::Responsible => "responsible",
        Role::Guide => "guide",
    }
}

/// The role with this stored name.
pub fn role_named(name: &str) -> Option<Role> {
    ROLES.into_iter().find(|role| role_name(*role) == name)
}

/// All roles, the strongest first.
pub const ROLES: [Role; 4] = [Role::Lead, Role::Participant, Role::Responsible, Role::Guide];

/// What a section is, in words.
pub fn kind_label(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Preface => "前言",
        SectionKind::Guidance => "指导思想",
        SectionKind::Principle => "原则",
        SectionKind::Goal => "目标",
        SectionKind::Action => "行动",
        SectionKind::Project => "工程",
        SectionKind::Safeguard => "保障",
        SectionKind::Annex => "附件",
        SectionKind::Task => "任务",
    }
}
