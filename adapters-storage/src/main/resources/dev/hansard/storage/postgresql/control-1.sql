-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE api_key(
    id text PRIMARY KEY,
    name text NOT NULL UNIQUE,
    digest text NOT NULL,
    key_groups text[] NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz);

-- Grows with each change of a key, so that nodes see that they have to read them again.
CREATE TABLE api_key_change(number bigint NOT NULL);
INSERT INTO api_key_change VALUES (0);

CREATE TABLE audit(
    number bigint PRIMARY KEY,
    happened_at timestamptz NOT NULL,
    provider text NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    object text NOT NULL,
    session uuid,
    peer text NOT NULL,
    reason text,
    allowed boolean NOT NULL);

-- The last number: one row, so that all nodes write one log, in one order and without a gap.
CREATE TABLE audit_end(number bigint NOT NULL);
INSERT INTO audit_end VALUES (0);
