// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.crypt.DataKey;
import dev.hansard.storage.crypt.GroupCipher.Member;
import dev.hansard.storage.tokens.TokenHasher;
import dev.hansard.storage.tokens.TokenSet;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The words of one frame: of the target, of the values of fields and of contents that are text. One that cannot be
 * read, or has too many of them, may have any word; that is no reason to stop whoever stores it. But the same frames
 * must give the same words each time, since the key of a segment follows from them: so whoever stores it waits for a
 * key that is away. Belongs to one thread, and is overwritten with each frame.
 */
final class FrameWords implements AutoCloseable {
    /** Most different words of a session; one with more is read by every search that it fits. */
    static final int MAX_SESSION_TOKENS = 32 * 1024;

    private static final Logger LOG = System.getLogger(FrameWords.class.getName());

    private final FrameKeys keys;
    private final TokenSet tokens = new TokenSet(MAX_SESSION_TOKENS);
    private final TokenHasher hasher = new TokenHasher(tokens);
    private final FrameTexts texts = new FrameTexts(hasher, tokens::isOverflown);
    private @Nullable Member member;

    FrameWords(FrameKeys keys) {
        this.keys = keys;
    }

    /**
     * Reads the words of a frame.
     *
     * @throws StorageException when the store of its key is away
     */
    void read(FrameBytes bytes, FrameHead head) {
        boolean isRead = isRead(bytes, head);
        if (!isRead) {
            // Asked twice: a store can give other bytes of a key once.
            isRead = isRead(bytes, head);
        }
        if (!isRead) {
            tokens.overflow();
            member = null;
        }
    }

    private boolean isRead(FrameBytes bytes, FrameHead head) {
        tokens.clear();
        member = null;
        try {
            FrameReader frame = FrameReader.open(bytes, head.frameLength(), head.id(), keys);
            FrameReader.Encryption by = frame.encryption();
            if (by != null) {
                DataKey key = keys.forReading(frame.summary(), by.key());
                member = new Member(key, by.record());
            }
            texts.all(frame, Direction.REQUEST);
            texts.all(frame, Direction.RESPONSE);
            return true;
        } catch (IOException | StorageException e) {
            if (e instanceof StorageException away && away.isOutage()) {
                throw away;
            }
            LOG.log(Level.DEBUG, "the words of session {0} cannot be read: {1}", head.id(), e.getMessage());
            // Of a text that broke off nothing may be left over for the next.
            hasher.end();
            return false;
        }
    }

    TokenSet tokens() {
        return tokens;
    }

    /** By what the frame is encrypted; null when it is in clear, or may have any word. */
    @Nullable
    Member member() {
        return member;
    }

    @Override
    public void close() {
        texts.close();
    }
}
