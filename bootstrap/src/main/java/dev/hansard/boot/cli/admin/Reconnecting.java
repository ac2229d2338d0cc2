// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.admin;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Follows server-sent events over as many connections as it takes, until enough came or nobody reads them any more.
 * Between two connections it pauses, longer each time that nothing came.
 */
public final class Reconnecting {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final AdminClient client;
    private boolean wasConnected;

    public Reconnecting(Terminal terminal, AdminClient client) {
        this.terminal = terminal;
        this.client = client;
    }

    /** Who reads. */
    public interface Reader {
        /** What to ask for now. */
        Request next();

        /** Reads one connection until it ends, or until enough came. */
        void read(InputStream events) throws IOException;

        /** How many events are still wanted. */
        long left();
    }

    /**
     * What to ask for.
     *
     * @param fields of the request's head, besides the kind of answer
     */
    public record Request(String path, Map<String, String> fields) {
        public Request {
            fields = Map.copyOf(fields);
        }
    }

    /**
     * Reads until nothing is left that is wanted.
     *
     * @throws CommandFailedException when there is no use in trying again
     */
    public int follow(Reader reader) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (isWanted(reader)) {
            long before = reader.left();
            once(reader);
            if (reader.left() > 0) {
                pause = reader.left() < before ? FIRST_PAUSE : pause;
                terminal.err().println("the connection is lost; trying again");
                Thread.sleep(pause);
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
            }
        }
        return ExitCode.DONE;
    }

    /** Whether more is wanted, and somebody is there to read it. */
    public boolean isWanted(Reader reader) {
        return reader.left() > 0 && !terminal.out().checkError();
    }

    private void once(Reader reader) {
        Request request = reader.next();
        var fields = new HashMap<>(request.fields());
        fields.put("Accept", "text/event-stream");
        try (InputStream in = client.get(request.path(), fields).body()) {
            wasConnected = true;
            reader.read(in);
        } catch (IOException _) {
            // The connection broke; the next one goes on.
        } catch (CommandFailedException e) {
            // A node that is restarted comes back; a key that was revoked does not.
            if (!wasConnected || e.exitCode() != ExitCode.UNREACHABLE || e.isNotAllowed()) {
                throw e;
            }
        }
    }
}
