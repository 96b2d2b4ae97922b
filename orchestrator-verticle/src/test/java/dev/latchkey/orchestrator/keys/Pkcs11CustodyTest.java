// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.orchestrator.cli.LatchkeyCommand;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An orchestrator runs with its signing key in a SoftHSM token, which nobody can read out of it. */
class Pkcs11CustodyTest {
    private static final String POLICY = """
            version: 1
            trustDomain: hsm.latchkey
            operations:
              greet: {addresses: [greeting.hello]}
            services:
              caller: {invokes: [greet]}
              greeter: {provides: [greet]}
            """;

    @TempDir
    private Path folder;

    private SoftHsm hsm;

    @BeforeEach
    void init() throws IOException {
        assumeTrue(SoftHsm.isThere(), SoftHsm.MISSING);
        Path policy = Files.writeString(folder.resolve("given.yaml"), POLICY);
        PrintWriter out = new PrintWriter(new StringWriter());
        assertThat(LatchkeyCommand.run(out, out, "init", "--dir", home().toString(), "--policy", policy.toString()))
                .isZero();
        hsm = SoftHsm.in(folder.resolve("hsm"));
    }

    private Path home() {
        return folder.resolve("home");
    }

    private JsonObject custody() {
        return new JsonObject()
                .put("kind", "pkcs11")
                .put("libraryFile", String.valueOf(SoftHsm.library()))
                .put("token", "latchkey")
                .put("key", "signing")
                .put("pinFile", hsm.pinFile().toString());
    }

    private String run(JsonObject custody) throws IOException {
        return hsm.java(HsmRun.class, home().toString(), custody.encode());
    }

    @Test
    void orchestrator_signsInTheToken_andTheKeyStaysThere() throws IOException {
        hsm.withKey("signing", "01");
        assertThat(run(custody()))
                .contains("kept: the private key cannot be had")
                .contains("trusted 1")
                .contains("answer: hello token")
                .doesNotContain("FAILED", "EXTRACTED");
    }

    /** The next key is published before it signs. */
    @Test
    void anotherKeyOfTheToken_isPublishedBesideIt() throws IOException {
        hsm.withKey("signing", "01").withKey("signing-2", "02");
        assertThat(run(custody().put("alsoTrusted", new JsonArray().add("signing-2"))))
                .contains("trusted 2")
                .contains("answer: hello token");
    }

    @Test
    void key_thatCanBeReadOut_isRefused() throws IOException {
        hsm.withKey("signing", "01", "--extractable");
        assertThat(run(custody())).contains("FAILED").contains("can be read out of its token");
    }

    @Test
    void wrongPin_isRefused_andNotTold() throws IOException {
        hsm.withKey("signing", "01");
        Files.writeString(hsm.pinFile(), "11112222");
        assertThat(run(custody()))
                .contains("C_Login, with the PIN in ")
                .contains("failed with CKR 0xa0")
                .doesNotContain("11112222");
    }

    @Test
    void missingToken_key_orLibrary_isNamed() throws IOException {
        hsm.withKey("signing", "01");
        assertThat(run(custody().put("token", "other"))).contains("custody.token: there is no token 'other'");
        assertThat(run(custody().put("key", "other")))
                .contains("custody.key: token 'latchkey' has no private key 'other'");
        assertThat(run(custody().put("libraryFile", "/nowhere.so"))).contains("custody.libraryFile: /nowhere.so");
    }
}
