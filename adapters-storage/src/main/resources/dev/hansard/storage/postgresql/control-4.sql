-- SPDX-License-Identifier: Apache-2.0
-- Requests that wait for people, and what became of them. What is not looked for is in the document.
CREATE TABLE approval(
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state text NOT NULL,
    service text NOT NULL,
    node text NOT NULL,
    provider text NOT NULL,
    subject text NOT NULL,
    expires_at timestamptz NOT NULL,
    stands_until timestamptz,
    keep_until timestamptz NOT NULL,
    document bytea NOT NULL);
CREATE INDEX approval_open ON approval(node, state, expires_at) WHERE state IN ('PENDING', 'APPROVED');
CREATE INDEX approval_standing ON approval(subject, stands_until) WHERE stands_until IS NOT NULL;
CREATE INDEX approval_past ON approval(keep_until) WHERE state NOT IN ('PENDING', 'APPROVED');
