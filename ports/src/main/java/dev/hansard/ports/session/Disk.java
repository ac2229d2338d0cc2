// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One folder of files on a local disk: the little that the spool asks of the operating system, so that it can be run
 * against a disk that fails on purpose. Names are of {@code A-Z a-z 0-9 . _ -}. Safe for any number of threads; each
 * {@link File} as it says.
 *
 * <p>Nothing is promised to survive a loss of power before {@link File#sync} (bytes) and {@link #sync} (names) have
 * returned. After a failed sync the state of what was written is unknown, and a second sync of the same file proves
 * nothing.
 *
 * @since 0.1
 */
public interface Disk {
    /**
     * Makes a new, empty file.
     *
     * @throws DiskFullException when there is no room
     * @throws IOException when it exists already, or the system refuses
     */
    File create(String name) throws IOException;

    /**
     * Opens a file that is there, to read and to write.
     *
     * @throws java.nio.file.NoSuchFileException when there is none
     */
    File open(String name) throws IOException;

    /** The names of all files, in order. */
    List<String> list() throws IOException;

    /** Removes a file; does nothing when there is none. Open files stay readable. */
    void delete(String name) throws IOException;

    /** Gives a file another name, in the place of any file of that name, whole or not at all. */
    void rename(String from, String to) throws IOException;

    /** Makes the names durable: what was created, deleted and renamed before. */
    void sync() throws IOException;

    /** Bytes that can still be written, as far as the system knows. */
    long free() throws IOException;

    /**
     * Maps a file into memory, made of zeros where it is missing or shorter. What is stored in it survives the
     * process, not a loss of power. It stays mapped as long as the segment can be reached.
     */
    MemorySegment map(String name, long bytes) throws IOException;

    /**
     * An open file. Reads may come from any number of threads; everything else from one at a time.
     *
     * @since 0.1
     */
    interface File extends AutoCloseable {
        /**
         * Reads at least one byte into {@code into}, if it has room.
         *
         * @return how many; -1 at or behind the end of the file
         */
        int read(ByteBuffer into, long at) throws IOException;

        /**
         * Writes all that remains of {@code from}.
         *
         * @throws DiskFullException when there is no room; some of it may have been written
         */
        void write(ByteBuffer from, long at) throws IOException;

        /**
         * Writes zeros behind the end of the file up to {@code to}, so that later writes there need no more room and a
         * sync of them no change of the file's size.
         *
         * @throws DiskFullException when there is no room; the file may have grown by less
         */
        void allocate(long to) throws IOException;

        /** Makes the bytes written so far durable (fdatasync). */
        void sync() throws IOException;

        long length() throws IOException;

        @Override
        void close() throws IOException;
    }
}
