-- What a measure of a district plan answers to in a plan of a higher level.
CREATE TABLE measure_link (
    measure TEXT NOT NULL REFERENCES measure (id),
    answers_to TEXT NOT NULL REFERENCES measure (id),
    note TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (measure, answers_to)
);
CREATE INDEX measure_link_answers_to ON measure_link (answers_to);
-- 结题评估: what was done of a measure, and whether a target was reached.
CREATE TABLE measure_closing (
    measure TEXT NOT NULL PRIMARY KEY REFERENCES measure (id),
    state TEXT NOT NULL,
    done TEXT NOT NULL,
    source TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE TABLE target_closing (
    plan TEXT NOT NULL REFERENCES plan (id),
    target TEXT NOT NULL,
    value DOUBLE PRECISION,
    year BIGINT,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (plan, target)
);
-- Where a measure lives on in the plan that follows; without a successor the reason says why it ended.
CREATE TABLE measure_successor (
    measure TEXT NOT NULL REFERENCES measure (id),
    place BIGINT NOT NULL,
    successor TEXT REFERENCES measure (id),
    reason TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (measure, place)
);
CREATE INDEX measure_successor_successor ON measure_successor (successor);
