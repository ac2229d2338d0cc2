// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.tree;

import dev.hansard.ports.value.InvalidValueException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of the tree, as C2SP tlog-tiles names it: 256 neighbouring hashes of one level, or the entries below 256
 * hashes of level 0; fewer only at the right edge.
 *
 * @param level of tiles, from 0 for the hashes of leaves; {@link #ENTRIES} for a bundle of entries
 * @param index from 0
 * @param width how many hashes or entries, 1 to {@link #WIDTH}
 */
public record TileId(int level, long index, int width) {
    /** Hashes of a full tile. */
    public static final int WIDTH = 256;
    /** Levels of the tree in one tile. */
    public static final int HEIGHT = 8;
    /** The level of bundles of entries. */
    public static final int ENTRIES = -1;

    private static final int MAX_LEVEL = 63 / HEIGHT;
    private static final int GROUP = 1000;
    private static final Pattern PATH =
            Pattern.compile("tile/(entries|\\d{1,2})/((?:x\\d{3}/){0,6}\\d{3})(?:\\.p/(\\d{1,3}))?");

    public TileId {
        if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > WIDTH) {
            throw new InvalidValueException(
                    "there is no tile of level " + level + ", index " + index + " and width " + width);
        }
    }

    /** The tile that has the hash with this index, as it is in a tree that has so many hashes of that level. */
    public static TileId holding(int level, long hash, long hashes) {
        long index = hash / WIDTH;
        return new TileId(level, index, (int) Math.min(WIDTH, hashes - index * WIDTH));
    }

    /** How many hashes a tree has at a level of tiles; as many as entries at {@link #ENTRIES}. */
    public static long hashesAt(int level, long treeSize) {
        return level <= 0 ? treeSize : treeSize >>> (HEIGHT * level);
    }

    public boolean isFull() {
        return width == WIDTH;
    }

    public TileId full() {
        return new TileId(level, index, WIDTH);
    }

    /** Index of its first hash. */
    public long first() {
        return index * WIDTH;
    }

    /** Such as {@code tile/0/x001/x234/067} or {@code tile/entries/000.p/7}. */
    public String path() {
        return isFull() ? stem() : partials() + width;
    }

    /** How the paths of all its partial forms begin. */
    public String partials() {
        return stem() + ".p/";
    }

    private String stem() {
        var groups = new StringBuilder("%03d".formatted(index % GROUP));
        for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
            groups.insert(0, "x%03d/".formatted(rest % GROUP));
        }
        return "tile/" + (level == ENTRIES ? "entries" : Integer.toString(level)) + "/" + groups;
    }

    /**
     * Reads {@link #path}, and no other spelling of it.
     *
     * @throws InvalidValueException when it is none
     */
    public static TileId parse(String path) {
        Matcher parts = PATH.matcher(path);
        if (parts.matches()) {
            int level = parts.group(1).equals("entries") ? ENTRIES : Integer.parseInt(parts.group(1));
            int width = parts.group(3) == null ? WIDTH : Integer.parseInt(parts.group(3));
            String digits = parts.group(2).replace("x", "").replace("/", "");
            if (digits.length() <= 18) {
                var tile = new TileId(level, Long.parseLong(digits), width);
                if (tile.path().equals(path)) {
                    return tile;
                }
            }
        }
        throw new InvalidValueException("tile path '" + path.substring(0, Math.min(path.length(), 100))
                + "' must look like tile/0/x001/067 or tile/entries/000.p/7");
    }
}
