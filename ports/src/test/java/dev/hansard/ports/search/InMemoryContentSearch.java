// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.search;

import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.SessionId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Searches exchanges in memory: each is read, one a step, and its bytes are those of its contents. */
public final class InMemoryContentSearch implements ContentSearch {
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    private final List<Spoken> all = new CopyOnWriteArrayList<>();

    /** Adds exchanges. */
    public InMemoryContentSearch with(Collection<Spoken> more) {
        all.addAll(more);
        return this;
    }

    @Override
    public Running search(ContentQuery query) {
        var left = new ArrayDeque<Spoken>();
        all.stream()
                .filter(spoken -> query.sessions().matches(spoken.session().summary()))
                .filter(spoken -> query.from() == null || spoken.id().compareTo(query.from()) <= 0)
                .sorted(Comparator.comparing(Spoken::id).reversed())
                .forEach(left::add);
        return new InMemory(query, left);
    }

    private static final class InMemory implements Running {
        private final ContentQuery query;
        private final Deque<Spoken> left;
        private long read;
        private long bytes;
        private long found;
        private SearchStep.@Nullable Ended ended;

        InMemory(ContentQuery query, Deque<Spoken> left) {
            this.query = query;
            this.left = left;
        }

        @Override
        public SearchStep next() {
            Spoken next = left.peek();
            if (ended == null && (next == null || bytes >= query.maxBytes())) {
                SessionId rest = next == null ? null : next.id();
                ended = new SearchStep.Ended(rest);
            }
            if (ended != null || next == null) {
                return ended == null ? new SearchStep.Ended(null) : ended;
            }
            left.remove();
            return step(next);
        }

        private SearchStep step(Spoken next) {
            read++;
            bytes += 1L + next.request().length() + next.response().length();
            Set<Direction> in = EnumSet.noneOf(Direction.class);
            if (isIn(query.phrase(), next.request())) {
                in.add(Direction.REQUEST);
            }
            if (isIn(query.phrase(), next.response())) {
                in.add(Direction.RESPONSE);
            }
            SessionSummary summary = next.session().summary();
            found += in.isEmpty() ? 0 : 1;
            return in.isEmpty() ? new SearchStep.Passed(summary.startedAt()) : new SearchStep.Found(summary, in);
        }

        /** Escapes of JSON are undone as far as tests have them. */
        private static boolean isIn(Phrase phrase, String content) {
            return phrase.isIn(ESCAPE.matcher(content)
                    .replaceAll(found -> Character.toString(Integer.parseInt(found.group(1), 16))));
        }

        @Override
        public SearchCost cost() {
            return new SearchCost(0, 0, 0, 0, read, 0, 0, bytes, 0, found);
        }

        @Override
        public void close() {
            left.clear();
        }
    }
}
