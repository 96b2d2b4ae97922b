// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that an orchestrator of the command line wrote, checked by the command line. */
final class AuditCommandTest {
    @TempDir
    private Path folder;

    private TestDomain domain;
    private Path log;

    @BeforeEach
    void run() throws Exception {
        domain = TestDomain.in(folder);
        Path settings = domain.home().orchestrator();
        Files.writeString(settings, Files.readString(settings) + "audit: {folder: audit}\n");
        log = domain.home().dir().resolve("audit");
        assertThat(Running.start("orchestrator", "--config", settings).stop()).isZero();
    }

    private Console verify(int code, Object... more) {
        Console console = new Console();
        Object[] all = new Object[5 + more.length];
        Object[] first = {"audit", "verify", log, "--trust", domain.home().trust()};
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        assertThat(console.run(all)).as(() -> console.out() + console.err()).isEqualTo(code);
        return console;
    }

    @Test
    void verify_wholeLog_saysHowFarItIsCovered() {
        JsonObject json = new JsonObject(verify(0, "--json").out());
        assertThat(json.getBoolean("whole")).isTrue();
        assertThat(json.getInteger("uncovered")).isZero();
        assertThat(verify(0, "--head", json.getString("head")).out()).startsWith("OK: " + json.getInteger("records"));
    }

    @Test
    void verify_changedLog_namesFileAndLine_andExitsWithFour() throws IOException {
        Path file = log.resolve("audit-00000001.jsonl");
        Files.writeString(file, Files.readString(file).replace("STARTED", "STARTEX"));
        assertThat(verify(AuditVerifyCommand.CHANGED).out())
                .startsWith("CHANGED: audit-00000001.jsonl:2: the line was changed");
        assertThat(new JsonObject(verify(AuditVerifyCommand.CHANGED, "--json").out()).getJsonObject("problem"))
                .isEqualTo(new JsonObject()
                        .put("file", "audit-00000001.jsonl")
                        .put("line", 2)
                        .put("text", "the line was changed: its hash does not fit"));
    }

    @Test
    void verify_keysAlone_areEnough() throws IOException {
        JsonObject trust = new JsonObject(Files.readString(domain.home().trust()));
        Path keys = domain.write(
                "keys.json",
                new JsonObject().put("keys", trust.getJsonArray("keys")).encode());
        assertThat(new Console().run("audit", "verify", log, "--trust", keys)).isZero();
    }

    @Test
    void verify_noLog_noKeys_orAWrongHead_isToldInOneLine() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Console console = new Console();
        assertThat(console.run(
                        "audit", "verify", empty, "--trust", domain.home().trust()))
                .isEqualTo(1);
        assertThat(console.errLines()).singleElement().asString().contains("holds no audit log");
        assertThat(verify(1, "--head", "last").errLines())
                .singleElement()
                .asString()
                .contains("--head: 'last' is none");
        Path nothing = domain.write("nothing.json", "{}");
        Console keyless = new Console();
        assertThat(keyless.run("audit", "verify", log, "--trust", nothing)).isEqualTo(1);
        assertThat(keyless.err()).contains("holds no keys");
    }
}
