// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Reads a tail over a raw socket, as far as the test asks. */
final class EventReader implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    private EventReader(Socket socket) throws IOException {
        this.socket = socket;
        this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Asks for a tail and reads the head of the answer. */
    static EventReader open(RunningAdmin admin, String query, String... fields) throws IOException {
        Socket socket = admin.socket();
        String text = "GET /api/v1/sessions:tail" + query + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", fields)
                + "\r\n";
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        var reader = new EventReader(socket);
        String status = reader.lines.readLine();
        if (!"HTTP/1.1 200 OK".equals(status)) {
            socket.close();
            throw new IOException("No tail but " + status);
        }
        return reader;
    }

    /** The rest of the next line that starts so; skips the others. */
    String next(String start) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
        throw new IOException("The tail ended before a line that starts with " + start);
    }

    /** The sequence of the next event. */
    long nextEvent() throws IOException {
        String id = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                return Long.parseLong(id);
            }
        }
        throw new IOException("The tail ended before an event");
    }

    /** Reads to the end; true when the chunked content was ended as it should be. */
    boolean endsWhole() throws IOException {
        String last = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            last = line.isEmpty() ? last : line;
        }
        return last.equals("0");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
