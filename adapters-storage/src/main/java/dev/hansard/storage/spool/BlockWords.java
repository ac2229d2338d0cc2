// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.storage.crypt.DataKey;
import dev.hansard.storage.crypt.GroupCipher;
import dev.hansard.storage.crypt.GroupCipher.Member;
import dev.hansard.storage.tokens.TokenBlock;
import dev.hansard.storage.tokens.TokenBlock.Seal;
import dev.hansard.storage.tokens.TokenFilter;
import dev.hansard.storage.tokens.TokenSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a segment keeps of the words of its blocks. The filter of sessions that are encrypted is encrypted by the keys
 * of all of them, so that it tells nothing of one whose key was destroyed. Belongs to one footer.
 */
final class BlockWords {
    /** Most different words of a block: a session that does not fit begins the next one. */
    static final int MAX_BLOCK_TOKENS = 64 * 1024;

    /** Most bytes of the words of one segment; blocks behind that may have any word, so that they fit into memory. */
    static final int MAX_WORDS = 8 * 1024 * 1024;

    private final TokenSet tokens = new TokenSet(MAX_BLOCK_TOKENS);
    private final List<Member> members = new ArrayList<>();
    private final List<byte[]> done = new ArrayList<>();
    private boolean any;
    private long bytes;

    /** Whether a frame can join the block; one that may have any word makes that true of all of its block. */
    boolean fits(FrameWords its) {
        boolean both = tokens.isOverflown() && its.tokens().isOverflown();
        boolean neither = !tokens.isOverflown() && !its.tokens().isOverflown();
        return both || (neither && tokens.size() + its.tokens().size() <= MAX_BLOCK_TOKENS);
    }

    void add(FrameWords its) {
        any = true;
        tokens.addAll(its.tokens());
        Member member = its.member();
        // Sessions of one day most often have one key.
        if (member != null && (member.key().isOfSessions() || !isLast(member))) {
            members.add(member);
        }
    }

    private boolean isLast(Member member) {
        return !members.isEmpty()
                && members.getLast().key().id() == member.key().id();
    }

    /** Ends a block; does nothing when no words were given. */
    void end(TokenBlock.Rows rows) {
        if (any) {
            byte[] block = block(rows).encode();
            bytes += block.length;
            done.add(block);
        }
        any = false;
        tokens.clear();
        members.clear();
    }

    private TokenBlock block(TokenBlock.Rows rows) {
        if (tokens.isOverflown() || bytes >= MAX_WORDS) {
            return TokenBlock.ofAnything(rows);
        }
        byte[] bits = TokenFilter.of(tokens).bits();
        if (members.isEmpty()) {
            return TokenBlock.of(rows, List.of(), bits);
        }
        List<Seal> seals = members.stream()
                .map(member -> new Seal(member.key().id(), member.record()))
                .toList();
        return TokenBlock.of(rows, seals, GroupCipher.seal(members, TokenBlock.context(rows), bits));
    }

    /**
     * The filter of a block.
     *
     * @param keys finds a data key by its id
     * @return null when every word may be there
     * @throws IOException when it does not decrypt
     * @throws dev.hansard.ports.session.StorageException when a key is not there any more
     */
    static @Nullable TokenFilter open(TokenBlock block, Keys keys) throws IOException {
        byte[] filter = block.filter();
        if (filter == null || block.seals().isEmpty()) {
            return filter == null ? null : TokenFilter.of(filter);
        }
        var members = new ArrayList<Member>();
        DataKey key = null;
        for (Seal seal : block.seals()) {
            if (key == null || key.id() != seal.key()) {
                key = keys.find(seal.key());
            }
            members.add(new Member(key, seal.record()));
        }
        return TokenFilter.of(GroupCipher.open(members, TokenBlock.context(block.rows()), filter));
    }

    /** Where data keys come from. */
    interface Keys {
        DataKey find(long id);
    }

    boolean isEmpty() {
        return done.isEmpty();
    }

    void writeTo(ByteSink out) {
        done.forEach(bytes -> out.put(bytes, 0, bytes.length));
    }
}
