// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.search;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.session.QueryParser;
import dev.hansard.core.session.ScopedQuery;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.audit.AuditEvent;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.search.ContentDesk;
import dev.hansard.ports.search.ContentQuery;
import dev.hansard.ports.search.ContentSearch;
import dev.hansard.ports.search.SearchCost;
import dev.hansard.ports.search.SearchStep;
import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks for sessions by their contents, for those who may read them: whether a content has a word tells as much as the
 * content does, to whoever asks often enough. So it takes the permission to read contents, of the services that it is
 * given for, and a reason where reading takes one; and it is in the audit log with what was looked for.
 */
public final class SearchedContents implements ContentDesk {
    private static final String OBJECT = "contents";

    private final ContentSearch search;
    private final InstantSource clock;
    private final Auditor auditor;

    /**
     * Looks with a search.
     *
     * @param clock what relative times in queries count from
     * @param auditor writes down who looks for what
     */
    public SearchedContents(ContentSearch search, InstantSource clock, Auditor auditor) {
        this.search = search;
        this.clock = clock;
        this.auditor = auditor;
    }

    @Override
    public ContentSearch.Running search(Visitor visitor, String query, @Nullable String from, long maxBytes) {
        auditor.require(visitor, Permission.SEE_SESSIONS, OBJECT);
        auditor.require(visitor, Permission.READ_PAYLOADS, OBJECT);
        auditor.requireReason(visitor, OBJECT);
        QueryParser.Contents asked = QueryParser.parseContents(query, clock.instant());
        SessionId first = from == null ? null : first(from);
        SessionQuery sessions = within(visitor.access(), asked.sessions());
        auditor.does(visitor, AuditAction.CONTENTS_SEARCHED, shown(query), null);
        return sessions == null
                ? new Nothing()
                : search.search(new ContentQuery(sessions, asked.phrase(), first, maxBytes));
    }

    /** Null when there is no service whose sessions may be seen and read. */
    private static @Nullable SessionQuery within(Access access, SessionQuery query) {
        SessionQuery seen = ScopedQuery.within(access.scope(Permission.SEE_SESSIONS), query);
        return seen == null ? null : ScopedQuery.within(access.scope(Permission.READ_PAYLOADS), seen);
    }

    private static SessionId first(String from) {
        try {
            return SessionId.parse(from);
        } catch (InvalidValueException e) {
            throw new InvalidQueryException(String.valueOf(e.getMessage()), 0);
        }
    }

    private static String shown(String query) {
        String text = query.strip();
        return text.length() <= AuditEvent.LONGEST_TEXT ? text : text.substring(0, AuditEvent.LONGEST_TEXT - 3) + "...";
    }

    /** A search for which there is no service left. */
    private static final class Nothing implements ContentSearch.Running {
        @Override
        public SearchStep next() {
            return new SearchStep.Ended(null);
        }

        @Override
        public SearchCost cost() {
            return SearchCost.NONE;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
