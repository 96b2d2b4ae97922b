// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** By the rules of the HTML Living Standard, 9.2.6. */
final class EventReaderTest {
    private static List<AdminEvent> read(String stream) throws IOException {
        EventReader reader = new EventReader(new StringReader(stream));
        List<AdminEvent> all = new ArrayList<>();
        for (Optional<AdminEvent> event = reader.next(); event.isPresent(); event = reader.next()) {
            all.add(event.get());
        }
        return all;
    }

    @Test
    void next_linesOfData_areJoined() throws IOException {
        assertThat(read("data: a\ndata: b\n\n")).containsExactly(new AdminEvent("", "message", "a\nb"));
    }

    @Test
    void next_idStays_nameDoesNot() throws IOException {
        assertThat(read("id: 1\nevent: alarm\ndata: a\n\ndata: b\n\n"))
                .containsExactly(new AdminEvent("1", "alarm", "a"), new AdminEvent("1", "message", "b"));
    }

    @Test
    void next_carriageReturns_doNotCount() throws IOException {
        assertThat(read("event: x\r\ndata: a\r\n\r\n")).containsExactly(new AdminEvent("", "x", "a"));
    }

    @Test
    void next_commentsAndOtherFields_sayNothing() throws IOException {
        assertThat(read(": beat\n\nretry: 5\nwhat\ndata:a\n\n")).containsExactly(new AdminEvent("", "message", "a"));
    }

    @Test
    void next_incompleteEvent_isDropped() throws IOException {
        assertThat(read("data: a\n\ndata: b\n")).hasSize(1);
        assertThat(read("data: a")).isEmpty();
    }

    @Test
    void next_endlessLine_isRefused() {
        Reader endless = new Reader() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(char[] into, int offset, int length) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> new EventReader(endless).next());
    }
}
