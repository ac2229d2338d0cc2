-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE hold(
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    name text NOT NULL,
    query text NOT NULL,
    sessions bigint NOT NULL);
CREATE TABLE hold_event(
    hold text NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    happened_at timestamptz NOT NULL,
    provider text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (hold, number));

-- What each hold found, until it is removed.
CREATE TABLE hold_session(
    session uuid NOT NULL,
    hold text NOT NULL,
    service text NOT NULL,
    started_hour bigint NOT NULL,
    PRIMARY KEY (session, hold));
CREATE INDEX hold_session_by_segment ON hold_session(service, started_hour);
CREATE INDEX hold_session_by_hold ON hold_session(hold);

-- Removals that have begun and not ended: whichever node has the lease next brings them to their end.
CREATE TABLE removal(
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    segment text NOT NULL,
    cause text NOT NULL,
    session uuid);

-- Removals that the nodes whose records went have yet to enter in their own ledgers.
CREATE TABLE foreign_removal(
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node text NOT NULL,
    removed_by text NOT NULL,
    happened_at timestamptz NOT NULL,
    segment text NOT NULL,
    cause text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    records text NOT NULL);
CREATE INDEX foreign_removal_by_node ON foreign_removal(node, number);

-- One row: the time that a node last found to be right.
CREATE TABLE clock_mark(
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    seen_at timestamptz NOT NULL);
