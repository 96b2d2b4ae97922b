// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.observe;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrafficKeeperTest {
    private static final Passage SALE = new Passage("sale", Flow.SENT, "shop", "shop");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    private final Vertx vertx = Vertx.vertx();

    @BeforeEach
    void nameFile() {
        file = folder.resolve("observations.json");
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private TrafficKeeper open() {
        return await(TrafficKeeper.open(vertx, file));
    }

    private static void sell(TrafficKeeper keeper, long messages) {
        keeper.log().note("shop", List.of(new Observation("sale", Flow.SENT, "shop", messages)));
    }

    @Test
    void file_afterARestart_goesOn() {
        TrafficKeeper first = open();
        sell(first, 2);
        await(first.close());
        TrafficKeeper second = open();
        sell(second, 3);
        await(second.close());
        assertThat(open().traffic().messages()).isEqualTo(Map.of(SALE, 5L));
    }

    @Test
    void file_isWrittenWhileItRuns_andLeavesNothingElse() throws IOException {
        TrafficKeeper keeper = open();
        sell(keeper, 2);
        await().until(() -> Files.exists(file));
        await(keeper.close());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThat(new JsonObject(Files.readString(file))).isEqualTo(new JsonObject("""
                        {"version": 1, "overflow": 0, "observations": [
                          {"address": "sale", "flow": "SENT", "service": "shop", "toldBy": "shop", "messages": 2}]}"""));
    }

    @Test
    void file_nothingObserved_isNotMade() {
        await(open().close());
        assertThat(file).doesNotExist();
    }

    @Test
    void file_none_countsInMemory() {
        TrafficKeeper keeper = await(TrafficKeeper.open(vertx, null));
        sell(keeper, 2);
        await(keeper.close());
        assertThat(keeper.traffic().messages()).containsEntry(SALE, 2L);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void file_thatCannotBeWritten_failsNobodyAndIsTriedAgain() throws IOException {
        TrafficKeeper keeper = open();
        Path blocked = Files.createDirectory(file);
        Path inside = Files.createFile(blocked.resolve("x"));
        sell(keeper, 2);
        await(keeper.close());
        Files.delete(inside);
        Files.delete(blocked);
        await(keeper.close());
        assertThat(open().traffic().messages()).containsEntry(SALE, 2L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                   | it is no JSON object
        {"version":          | it is no JSON object
        []                   | it is no JSON object
        {}                   | 'version' is no positive whole number
        {"version": 2}       | 'version' is not 1
        {"version": 1}       | 'observations' is no list
        {"version": 1, "overflow": -1, "observations": []} | 'overflow' is no positive whole number
        {"version": 1, "overflow": 0, "observations": [1]} | an observation is no object
        {"version": 1, "overflow": 0, "observations": [{}]} | 'address' of an observation is no text
        {"version": 1, "overflow": 0, "observations": [{"address": "a", "flow": "UP"}]} | 'flow' is neither SENT nor RECEIVED
        {"version": 1, "overflow": 0, "observations": [{"address": "a", "flow": "SENT", "service": "b", "toldBy": "c", "messages": 1}]} | 'service' of an observation is neither empty nor the one in 'toldBy'
        {"version": 1, "overflow": 0, "observations": [{"address": "a", "flow": "SENT", "service": "", "toldBy": "a b", "messages": 1}]} | this is no name of a service
        {"version": 1, "overflow": 0, "observations": [{"address": "a", "flow": "SENT", "service": "b", "toldBy": "b", "messages": 1.5}]} | 'messages' is no positive whole number
        """)
    void open_corrupt_failsNamingTheFile(String text, String problem) throws IOException {
        Files.writeString(file, text);
        assertThat(failure(TrafficKeeper.open(vertx, file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + " is no file of observations: " + problem)
                .hasMessageEndingWith("; name another, or move it away and begin a new one");
        assertThat(file).hasContent(text);
    }

    @Test
    void open_folder_failsNamingIt() throws IOException {
        Files.createDirectory(file);
        assertThat(failure(TrafficKeeper.open(vertx, file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("observations: " + file + " cannot be read");
    }

    @Test
    void open_missingFolder_failsNamingTheFile() {
        Path astray = folder.resolve("none").resolve("o.json");
        assertThat(failure(TrafficKeeper.open(vertx, astray)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("observations: the folder of " + astray + " does not exist; create it or correct the path");
    }
}
