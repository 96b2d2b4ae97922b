// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder with the ledgers of a run: one of what each caller sent in each stream, one of what each provider got of it. */
final class SoakLedgers {
    private final Path folder;

    SoakLedgers(Path folder) {
        this.folder = folder;
    }

    MessageLedger sent(int caller, Kind kind) {
        return create("sent-" + kind.label() + "-" + caller);
    }

    MessageLedger got(int provider, int caller, Kind kind) {
        return create(gotName(caller, kind) + provider);
    }

    private static String gotName(int caller, Kind kind) {
        return "got-" + kind.label() + "-" + caller + "-by-";
    }

    private MessageLedger create(String name) {
        try {
            return MessageLedger.create(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbers of the callers that sent anything in a stream of this kind. */
    List<Integer> callers(Kind kind) throws IOException {
        String start = "sent-" + kind.label() + "-";
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(start))
                    .map(name -> Integer.valueOf(name.substring(start.length())))
                    .sorted()
                    .toList();
        }
    }

    MessageLedger readSent(int caller, Kind kind) throws IOException {
        return MessageLedger.read(folder.resolve("sent-" + kind.label() + "-" + caller));
    }

    /** What each provider got of a stream. */
    List<MessageLedger> readGot(int caller, Kind kind) throws IOException {
        String start = gotName(caller, kind);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(start))
                    .toList();
            List<MessageLedger> ledgers = new java.util.ArrayList<>();
            for (Path file : found) {
                ledgers.add(MessageLedger.read(file));
            }
            return ledgers;
        }
    }
}
