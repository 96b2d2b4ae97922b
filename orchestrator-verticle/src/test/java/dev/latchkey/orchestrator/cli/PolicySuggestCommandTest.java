// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicySuggestCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path one;

    @SuppressWarnings("NullAway.Init")
    private Path two;

    @SuppressWarnings("NullAway.Init")
    private Path out;

    private final Console console = new Console();

    @BeforeEach
    void observe() throws IOException {
        one = observed("one.json", "SENT", "shop", "shop");
        two = observed("two.json", "RECEIVED", "stock", "stock");
        out = folder.resolve("policy.yaml");
    }

    private Path observed(String name, String flow, String service, String toldBy) throws IOException {
        return write(
                name,
                new JsonArray()
                        .add(new JsonObject()
                                .put("address", "order.placed")
                                .put("flow", flow)
                                .put("service", service)
                                .put("toldBy", toldBy)
                                .put("messages", 5)));
    }

    private Path write(String name, JsonArray observations) throws IOException {
        JsonObject json = new JsonObject().put("version", 1).put("overflow", 0).put("observations", observations);
        return Files.writeString(folder.resolve(name), json.encode());
    }

    private int suggest(Object... more) {
        Object[] all = new Object[more.length + 6];
        System.arraycopy(
                new Object[] {"policy", "suggest", "--observations", one, "--observations", two}, 0, all, 0, 6);
        System.arraycopy(more, 0, all, 6, more.length);
        return console.run(all);
    }

    @Test
    void suggest_severalOrchestrators_areMerged() {
        assertThat(suggest("--trust-domain", "shop.latchkey", "--out", out)).isZero();
        assertThat(console.out()).isEqualTo("wrote " + out + ": 1 operations, 2 services" + System.lineSeparator());
        assertThat(console.err()).isEmpty();
        Policy policy = PolicyFile.load(out);
        assertThat(policy.mayInvoke("shop", "order_placed")).isTrue();
        assertThat(policy.mayProvide("stock", "order_placed")).isTrue();
        assertThat(policy.addressBook().modeAt("order.placed")).isEqualTo(Mode.OBSERVE);
    }

    @Test
    void suggest_noOut_printsThePolicyAlone() throws IOException {
        assertThat(suggest("--trust-domain", "shop.latchkey", "--mode", "strict"))
                .isZero();
        Files.writeString(out, console.out());
        assertThat(console.run("policy", "check", out)).isZero();
        assertThat(PolicyFile.load(out).addressBook().modeAt("order.placed")).isEqualTo(Mode.STRICT);
    }

    @Test
    void suggest_warnings_areLinesOnTheErrorStream() throws IOException {
        two = observed("two.json", "RECEIVED", "", "stock");
        assertThat(suggest("--trust-domain", "shop.latchkey", "--out", out)).isZero();
        assertThat(console.errLines())
                .containsExactly(
                        "warning: 'order.placed': code on the plain bus in the JVM of stock received 5; let it use a"
                                + " secure bus before this address becomes strict",
                        "warning: 'order.placed': no service received what was sent there; left out until one provides"
                                + " it");
        console.errLines().forEach(line -> assertThat(out).content().contains("- " + line.substring(9)));
    }

    @Test
    void suggest_existingFile_isReplacedByForceOnly() throws IOException {
        Files.writeString(out, "mine");
        assertThat(suggest("--trust-domain", "shop.latchkey", "--out", out)).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: --out: " + out
                        + " exists already; add --force to replace it, or choose another path");
        assertThat(out).hasContent("mine");
        assertThat(suggest("--trust-domain", "shop.latchkey", "--out", out, "--force"))
                .isZero();
        assertThat(PolicyFile.load(out).operations()).hasSize(1);
    }

    @Test
    void suggest_uponItself_changesNothing() throws IOException {
        assertThat(suggest("--trust-domain", "shop.latchkey", "--out", out)).isZero();
        String first = Files.readString(out);
        assertThat(suggest("--policy", out, "--out", out, "--force")).isZero();
        assertThat(out).hasContent(first);
    }

    @Test
    void suggest_neitherPolicyNorTrustDomain_isWrongUsage() {
        assertThat(suggest()).isEqualTo(2);
        assertThat(console.errLines())
                .containsExactly("latchkey: --trust-domain is missing; name one, or a policy to build upon by --policy;"
                        + " see 'latchkey policy suggest --help'");
    }

    @Test
    void suggest_unknownMode_isWrongUsage() {
        assertThat(suggest("--trust-domain", "a", "--mode", "all")).isEqualTo(2);
        assertThat(console.errLines())
                .hasSize(1)
                .first()
                .asString()
                .contains("--mode", "'all' is no mode; write one of off, observe, permissive, strict");
    }

    @Test
    void suggest_wrongTrustDomain_isOneLine() {
        assertThat(suggest("--trust-domain", "Shop")).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly(
                        "latchkey: --trust-domain: 'Shop' is no trust domain; write it like a DNS name in lower"
                                + " case, such as 'example.latchkey'");
    }

    @Test
    void suggest_anotherTrustDomainThanThePolicys_isOneLine() {
        Path policy = Path.of("..", "conf", "policy.yaml");
        assertThat(suggest("--policy", policy, "--trust-domain", "shop.latchkey"))
                .isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: --trust-domain shop.latchkey: " + policy
                        + " is for demo.latchkey; leave the option out or change the file");
    }

    @Test
    void suggest_missingObservations_isOneLine() throws IOException {
        Files.delete(two);
        assertThat(suggest("--trust-domain", "a")).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: " + two + " does not exist; create it or correct the path");
    }

    @Test
    void suggest_corruptObservations_isOneLine() throws IOException {
        Files.writeString(two, "{");
        assertThat(suggest("--trust-domain", "a")).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: " + two + " is no file of observations: it is no JSON object; name another,"
                        + " or move it away and begin a new one");
    }

    @Test
    void suggest_nothingObserved_isOneLine() throws IOException {
        one = write("one.json", new JsonArray());
        two = write("two.json", new JsonArray());
        assertThat(suggest("--trust-domain", "a")).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: no message was observed; set 'defaults.unlisted: observe' or an operation's"
                        + " 'mode: observe' in the policy, let the services work, and try again");
    }

    @Test
    void suggest_largerThanAPolicyMayBe_isOneLine() throws IOException {
        JsonArray many = new JsonArray();
        for (int i = 0; i < 5000; i++) {
            many.add(new JsonObject()
                    .put("address", "a".repeat(230) + i)
                    .put("flow", "SENT")
                    .put("service", "shop")
                    .put("toldBy", "shop")
                    .put("messages", 1));
        }
        one = write("one.json", many);
        assertThat(suggest("--trust-domain", "a", "--out", out)).isEqualTo(1);
        assertThat(console.errLines())
                .hasSize(1)
                .first()
                .asString()
                .contains("larger than a policy may be", "--policy");
        assertThat(out).doesNotExist();
    }
}
