// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.recovery.BackupArchive;
import dev.hansard.boot.recovery.BackupReader;
import dev.hansard.storage.payload.FilesystemPayloadFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The data folder that a backup is put into. */
final class RestoredFolder {
    private static final String CONTROL_IS_THERE = "the control data are there";
    private static final String CONTROL = "control";
    private static final Set<String> MAY_BE_THERE = Set.of(FilesystemPayloadFactory.FOLDER, "lock", "lost+found");
    /** Who signs by this key under this name goes on with that ledger. */
    private static final Set<String> OF_THE_SAME_NODE =
            Set.of(DataDir.NAME_FILE, NodeLedger.KEY, NodeLedger.PUBLIC_KEY, "ledger.rules");

    private final Path folder;
    private final Path mark;

    RestoredFolder(Path folder) {
        this.folder = folder;
        mark = folder.resolve(NodeRestore.MARK);
    }

    /** Refuses a folder that is somebody's. */
    void requireRoom() throws IOException {
        if (Files.exists(mark) || !Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> others = files.map(file -> file.getFileName().toString())
                    .filter(name -> !MAY_BE_THERE.contains(name))
                    .sorted()
                    .toList();
            if (!others.isEmpty()) {
                throw new NodeStartException(
                        "'" + folder + "' must be empty but for '" + FilesystemPayloadFactory.FOLDER
                                + "', but has '"
                                + others.getFirst() + "'; choose another folder");
            }
        }
    }

    /**
     * Begins, and removes what an earlier attempt left.
     *
     * @return whether that had put the control data back to the end
     */
    boolean begin() throws IOException {
        if (Files.exists(mark) && Files.readString(mark).strip().equals(CONTROL_IS_THERE)) {
            return true;
        }
        MadeOnce.replace(mark, "a backup is being put back");
        if (Files.exists(folder.resolve(CONTROL))) {
            try (Stream<Path> files = Files.walk(folder.resolve(CONTROL))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return false;
    }

    void controlIsThere() throws IOException {
        MadeOnce.replace(mark, CONTROL_IS_THERE);
    }

    /** Puts a part in its place, unless it is none of the node's files. */
    void put(String part, InputStream in, boolean sameNode, String before) throws IOException {
        String name = part.substring(part.lastIndexOf('/') + 1);
        if (!BackupArchive.NODE_FILES.contains(name)) {
            return;
        }
        String text = new String(BackupReader.file(part, in), StandardCharsets.UTF_8).strip();
        if (sameNode || !OF_THE_SAME_NODE.contains(name)) {
            MadeOnce.replace(folder.resolve(name), text);
        } else if (name.equals(NodeLedger.PUBLIC_KEY)) {
            // Whoever verifies what the old node recorded needs it.
            MadeOnce.replace(folder.resolve("ledger-" + before + ".pub"), text);
        }
    }

    void end() throws IOException {
        Files.delete(mark);
    }
}
