// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.search.ContentQuery;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.crypt.DataKey;
import dev.hansard.storage.spool.SearchRun.Place;
import dev.hansard.storage.tokens.TokenBlock;
import dev.hansard.storage.tokens.TokenFilter;
import dev.hansard.storage.tokens.TokenHasher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks the footers of segments which of their records a search has to read. A segment without words, or whose words
 * cannot be read, has to be read as a whole. Belongs to one search.
 */
final class SegmentWords {
    /** Longer words than any segment is made with: blocks of which nothing is said are short. */
    private static final int MAX_WORDS = 4 * BlockWords.MAX_WORDS;

    private final PayloadStore payloads;
    private final SegmentReader reader;
    private final FrameKeys keys;
    private final ContentQuery query;
    private final SearchMeter meter;
    private final long[] hashes;

    SegmentWords(PayloadStore payloads, FrameKeys keys, ContentQuery query, SearchMeter meter) {
        this.payloads = payloads;
        this.reader = new SegmentReader(payloads);
        this.keys = keys;
        this.query = query;
        this.meter = meter;
        this.hashes = TokenHasher.hashes(query.phrase());
    }

    /** What has to be read of a segment; null when it has gone. */
    @Nullable
    List<SearchRun> runs(Segment segment) throws IOException {
        OptionalLong length = payloads.length(segment.key());
        if (length.isEmpty()) {
            return null;
        }
        meter.segment();
        SegmentFooter.Trailer trailer = reader.trailer(segment.key(), length.getAsLong());
        List<TokenBlock> blocks = trailer == null ? null : blocks(segment.key(), trailer, length.getAsLong());
        if (trailer == null || blocks == null) {
            meter.block(false);
            return SearchRun.of(segment.key(), places(reader.read(segment.key())));
        }
        Map<Long, DataKey> known = new HashMap<>();
        var runs = new ArrayList<SearchRun>();
        for (TokenBlock block : blocks) {
            TokenFilter filter = filter(segment, block, known);
            if (filter != null && !filter.mayHoldAll(hashes)) {
                meter.skippedBlock();
                continue;
            }
            meter.block(filter != null);
            runs.addAll(SearchRun.of(segment.key(), places(rows(segment.key(), trailer, block))));
        }
        return runs;
    }

    /** The words of all blocks; null when there are none that can be trusted. */
    private @Nullable List<TokenBlock> blocks(String key, SegmentFooter.Trailer trailer, long length)
            throws IOException {
        long bytes = length - SegmentFooter.TRAILER - trailer.wordsAt();
        if (trailer.wordsAt() < trailer.firstBlockAt() || bytes < 0 || bytes > MAX_WORDS) {
            return null;
        }
        meter.index(SegmentFooter.TRAILER + bytes);
        List<TokenBlock> blocks = TokenBlock.decodeAll(reader.bytes(key, trailer.wordsAt(), (int) bytes));
        return blocks != null && areOfAllRows(blocks, trailer) ? blocks : null;
    }

    /** Or sessions of a block that is missing would never be found. */
    private static boolean areOfAllRows(List<TokenBlock> blocks, SegmentFooter.Trailer trailer) {
        long at = 0;
        long sessions = 0;
        for (TokenBlock block : blocks) {
            if (block.rows().at() != at) {
                return false;
            }
            at += block.rows().length();
            sessions += block.rows().sessions();
        }
        return at == trailer.wordsAt() - trailer.firstBlockAt() && sessions == trailer.entries();
    }

    /** Null when every word may be there. */
    private @Nullable TokenFilter filter(Segment segment, TokenBlock block, Map<Long, DataKey> known)
            throws IOException {
        try {
            return BlockWords.open(block, id -> known.computeIfAbsent(id, its -> keys.forReading(segment, its)));
        } catch (IOException | StorageException e) {
            if (e instanceof StorageException outage && outage.isOutage()) {
                throw e;
            }
            return null;
        }
    }

    private List<CatalogEntry> rows(String key, SegmentFooter.Trailer trailer, TokenBlock block) throws IOException {
        TokenBlock.Rows rows = block.rows();
        meter.index(rows.length());
        byte[] bytes = reader.bytes(key, trailer.firstBlockAt() + rows.at(), rows.length());
        if (bytes.length < SegmentFooter.BLOCK_HEAD || SegmentFooter.blockLength(bytes) != bytes.length) {
            throw new StorageException("segment " + key + " has a damaged footer");
        }
        return SegmentFooter.readBlock(bytes, key);
    }

    private List<Place> places(List<CatalogEntry> rows) {
        var places = new ArrayList<Place>();
        for (CatalogEntry row : rows) {
            SessionId id = row.summary().id();
            if (query.sessions().matches(row.summary()) && (query.from() == null || id.compareTo(query.from()) <= 0)) {
                places.add(new Place(id, row.location().offset(), row.location().length()));
            }
        }
        return places;
    }
}
