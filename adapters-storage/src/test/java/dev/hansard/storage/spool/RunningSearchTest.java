// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.crypt.InMemoryKeyWrapper;
import dev.hansard.ports.search.ContentSearch;
import dev.hansard.ports.search.ContentSearchContract;
import dev.hansard.ports.search.Spoken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** A search finds the same wherever sessions lie. */
class RunningSearchTest {
    private final List<SearchedSegments> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(SearchedSegments::close);
    }

    private SearchedSegments open(UnaryOperator<SpoolStores> with) throws IOException {
        var segments = new SearchedSegments(with);
        opened.add(segments);
        return segments;
    }

    @Nested
    class InTheSpool implements ContentSearchContract {
        @Override
        public ContentSearch over(List<Spoken> exchanges) throws IOException {
            SearchedSegments its = open(UnaryOperator.identity());
            its.record(exchanges);
            return its.node().search();
        }
    }

    @Nested
    class InSegments implements ContentSearchContract {
        @Override
        public ContentSearch over(List<Spoken> exchanges) throws IOException {
            SearchedSegments its = open(UnaryOperator.identity());
            its.seal(exchanges);
            return its.node().search();
        }
    }

    @Nested
    class InBoth implements ContentSearchContract {
        @Override
        public ContentSearch over(List<Spoken> exchanges) throws IOException {
            SearchedSegments its = open(stores -> stores.encryptingBy(new InMemoryKeyWrapper()));
            int half = exchanges.size() / 2;
            its.seal(exchanges.subList(0, half));
            its.record(exchanges.subList(half, exchanges.size()));
            return its.node().search();
        }
    }

    @Nested
    class WithAKeyEach implements ContentSearchContract {
        @Override
        public ContentSearch over(List<Spoken> exchanges) throws IOException {
            SearchedSegments its =
                    open(stores -> stores.encryptingBy(new InMemoryKeyWrapper()).withKeysOfSessions(true));
            its.seal(exchanges);
            return its.node().search();
        }
    }
}
