// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The folder that a node owns: locked, so that two nodes never write to one spool, and with the node's lasting name in
 * it.
 */
final class DataDir implements AutoCloseable {
    static final String NAME_FILE = "node-name";
    private static final String SPOOL = "spool";

    private final Path folder;
    private final FileChannel channel;

    private DataDir(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Makes the folder where it is missing, and locks it. */
    static DataDir open(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new NodeStartException("storage.data-dir '" + folder
                        + "' is in use by another Hansard; stop it or choose another folder");
            }
            return new DataDir(folder, channel);
        } catch (IOException e) {
            throw new NodeStartException(
                    "storage.data-dir '" + folder + "' cannot be used; check that it may be made and written to", e);
        }
    }

    /**
     * Locks the folder of a node that is not running, and makes nothing.
     *
     * @throws NodeStartException when it is no such folder, or its node runs
     */
    static DataDir ofDeadNode(Path folder) {
        if (!Files.isRegularFile(folder.resolve(NAME_FILE)) || !Files.isDirectory(folder.resolve(SPOOL))) {
            throw new NodeStartException("'" + folder + "' is not the data folder of a node: it must hold '" + NAME_FILE
                    + "' and '" + SPOOL + "'; name the folder that was storage.data-dir there");
        }
        return open(folder);
    }

    /**
     * The same for a node that may have nothing in its spool yet.
     *
     * @throws NodeStartException when it is no such folder, or its node runs
     */
    static DataDir ofStoppedNode(Path folder) {
        if (!Files.isRegularFile(folder.resolve(NAME_FILE))) {
            throw new NodeStartException("'" + folder + "' is not the data folder of a node: it must hold '" + NAME_FILE
                    + "'; name the folder that is storage.data-dir there");
        }
        DataDir opened = open(folder);
        opened.requireWhole();
        return opened;
    }

    /** Refuses a folder into which a backup was not put back to the end. */
    void requireWhole() {
        if (Files.exists(folder.resolve(NodeRestore.MARK))) {
            throw new NodeStartException("a restore into '" + folder + "' was not brought to its end; run the same"
                    + " `hansard restore` again");
        }
    }

    /** The lock goes with the channel, or with the process. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false; // Held by another node of this very process.
        }
    }

    Path folder() {
        return folder;
    }

    /** The name given to this folder's node at its first start; it stays, since records bear it. */
    NodeName nodeName(RandomGenerator random) {
        Path file = folder.resolve(NAME_FILE);
        try {
            return new NodeName(
                    MadeOnce.text(file, () -> "node-" + HexFormat.of().toHexDigits(random.nextInt())));
        } catch (IOException | InvalidValueException e) {
            throw new NodeStartException("'" + file + "' cannot be used as the node's name; mend or remove it", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // The lock goes with the process at the latest.
        }
    }
}
