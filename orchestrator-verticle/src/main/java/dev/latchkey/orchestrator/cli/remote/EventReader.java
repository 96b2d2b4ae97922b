// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.remote;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events (HTML Living Standard, 9.2.6): fields in lines, an empty line ends an event. */
final class EventReader {
    /** Whoever is at the other end must not fill this end's memory. */
    static final int MAX_CHARACTERS = 1 << 20;

    private static final String STANDARD_NAME = "message";

    private final Reader in;
    private final List<String> data = new ArrayList<>();
    private String id = "";
    private String name = STANDARD_NAME;
    private int taken;

    EventReader(Reader in) {
        this.in = in;
    }

    /** The next event; none at the stream's end, where one that is not complete is dropped. */
    Optional<AdminEvent> next() throws IOException {
        taken = 0;
        for (String line = line(); line != null; line = line()) {
            if (!line.isEmpty()) {
                take(line);
            } else if (!data.isEmpty()) {
                return Optional.of(event());
            }
        }
        return Optional.empty();
    }

    private AdminEvent event() {
        AdminEvent event = new AdminEvent(id, name, String.join("\n", data));
        data.clear();
        name = STANDARD_NAME;
        return event;
    }

    private void take(String line) {
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        take(field, value.startsWith(" ") ? value.substring(1) : value);
    }

    /** Other fields, and comments, whose field is empty, say nothing. */
    private void take(String field, String value) {
        switch (field) {
            case "data" -> data.add(value);
            case "event" -> name = value;
            case "id" -> id = value;
            default -> {}
        }
    }

    /** A line without its end, which is a line feed, perhaps after a carriage return; null at the stream's end. */
    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (++taken > MAX_CHARACTERS) {
                throw new RefusedException(200, "an event is longer than " + MAX_CHARACTERS + " characters");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return null;
    }
}
