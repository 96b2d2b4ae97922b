// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecureEventBusOptionsTest {
    private static final String CREDENTIAL = "eyJhbGciOi.very.secret";

    private final TrustBundle bundle = new TrustBundle(
            "test.example",
            HpkeKeyPair.generate().publicKey(),
            List.of(SigningKey.generate().verifyingKey()));

    @TempDir
    private Path directory = Path.of("");

    private Path bundleFile = Path.of("");
    private Path credentialFile = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        bundleFile = Files.writeString(
                directory.resolve("bundle.json"), bundle.toJson().encode());
        credentialFile = Files.writeString(directory.resolve("web.jwt"), CREDENTIAL + "\n");
    }

    @Test
    void construct_ownJson_isTheSame() {
        SecureEventBusOptions read = new SecureEventBusOptions(full().toJson());
        assertThat(read.toJson()).isEqualTo(full().toJson());
        assertThat(read.getService()).isEqualTo("web");
        assertThat(read.getTrustBundle()).isEqualTo(bundle);
        assertThat(read.getCredential().get()).isEqualTo(CREDENTIAL);
        assertThat(read.getProvides()).containsExactlyInAnyOrder("resize", "crop");
        assertThat(read.getInvokes()).containsExactly("calculate_risk");
        assertThat(read.getJoinTimeout()).isEqualTo(Duration.ofMillis(1234));
    }

    @Test
    void toJson_allSet_hasTheKnownMembers() {
        assertThat(full().toJson())
                .isEqualTo(new JsonObject()
                        .put("joinTimeout", 1234L)
                        .put("service", "web")
                        .put("trustBundle", bundleFile.toString())
                        .put("credential", credentialFile.toString())
                        .put("provides", new JsonArray().add("crop").add("resize"))
                        .put("invokes", new JsonArray().add("calculate_risk")));
    }

    @Test
    void construct_emptyJson_hasDefaults() {
        SecureEventBusOptions options = new SecureEventBusOptions(new JsonObject());
        assertThat(options.getJoinTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.getProvides()).isEmpty();
        assertThat(options.getInvokes()).isEmpty();
        assertThat(options.toJson()).isEqualTo(new SecureEventBusOptions().toJson());
    }

    @Test
    void construct_unknownMember_isRefusedByName() {
        assertRefused(() -> new SecureEventBusOptions(new JsonObject().put("trustbundle", "x")), "'trustbundle'");
        assertRefused(() -> new SecureEventBusOptions(new JsonObject().put("seed", "x")), "'seed'", "service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "trustBundle", "credential", "provides", "invokes", "joinTimeout"})
    void construct_memberNullOrOfWrongType_isRefusedByName(String member) {
        assertRefused(() -> new SecureEventBusOptions(new JsonObject().putNull(member)), "'" + member + "'");
        JsonObject wrong = new JsonObject().put(member, new JsonObject().put("a", 1));
        assertRefused(() -> new SecureEventBusOptions(wrong), "'" + member + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"provides", "invokes"})
    void construct_namesNoTexts_isRefusedByName(String member) {
        JsonObject numbers =
                new JsonObject().put(member, new JsonArray().add("a").add(1));
        JsonObject nulls = new JsonObject().put(member, new JsonArray().addNull());
        assertRefused(() -> new SecureEventBusOptions(numbers), "'" + member + "'");
        assertRefused(() -> new SecureEventBusOptions(nulls), "'" + member + "'");
    }

    @Test
    void construct_maxFrameSize_isReadAndChecked() {
        JsonObject json = new JsonObject().put("maxFrameSize", 20_000);
        assertThat(new SecureEventBusOptions(json).getMaxFrameSize()).isEqualTo(20_000);
        assertThat(new SecureEventBusOptions(new SecureEventBusOptions(json))
                        .toJson()
                        .getInteger("maxFrameSize"))
                .isEqualTo(20_000);
        assertRefused(() -> new SecureEventBusOptions(new JsonObject().put("maxFrameSize", 16_383)), "maxFrameSize");
        assertRefused(() -> new SecureEventBusOptions(new JsonObject().put("maxFrameSize", "1")), "maxFrameSize");
    }

    @Test
    void construct_coalesceWrites_isReadAndChecked() {
        assertThat(new SecureEventBusOptions(new JsonObject()).isCoalesceWrites())
                .isTrue();
        JsonObject json = new JsonObject().put("coalesceWrites", false);
        SecureEventBusOptions options = new SecureEventBusOptions(new SecureEventBusOptions(json));
        assertThat(options.isCoalesceWrites()).isFalse();
        assertThat(options.toJson().getBoolean("coalesceWrites")).isFalse();
        assertRefused(() -> new SecureEventBusOptions(new JsonObject().put("coalesceWrites", "no")), "coalesceWrites");
    }

    @Test
    void construct_joinTimeoutNotPositive_isRefused() {
        assertRefused(() -> new SecureEventBusOptions(new JsonObject().put("joinTimeout", 0)), "joinTimeout");
        assertRefused(() -> new SecureEventBusOptions(new JsonObject().put("joinTimeout", -1)), "joinTimeout");
    }

    @Test
    void construct_serviceBlank_isRefused() {
        assertRefused(() -> new SecureEventBusOptions(new JsonObject().put("service", " ")), "service", "policy");
    }

    @Test
    void construct_trustBundleUnreadable_namesTheFile() {
        JsonObject json =
                new JsonObject().put("trustBundle", directory.resolve("no.json").toString());
        assertRefused(() -> new SecureEventBusOptions(json), "no.json", "latchkey init");
    }

    @Test
    void get_requiredAndMissing_isRefusedByName() {
        SecureEventBusOptions empty = new SecureEventBusOptions();
        assertRefused(empty::getService, "'service'");
        assertRefused(empty::getTrustBundle, "'trustBundle'");
        assertRefused(empty::getCredential, "'credential'");
    }

    @Test
    void getCredential_fileRenewed_isReadAgain() throws IOException {
        SecureEventBusOptions options = new SecureEventBusOptions().setCredentialFile(credentialFile);
        assertThat(options.getCredential().get()).isEqualTo(CREDENTIAL);
        Files.writeString(credentialFile, "renewed");
        assertThat(options.getCredential().get()).isEqualTo("renewed");
    }

    @Test
    void getCredential_fileUnreadable_namesFileAndFix() {
        SecureEventBusOptions options = new SecureEventBusOptions().setCredentialFile(directory.resolve("no.jwt"));
        assertRefused(() -> options.getCredential().get(), "no.jwt", "latchkey credential issue");
    }

    @Test
    void toJson_credentialInCode_isLeftOut() {
        SecureEventBusOptions options = full().setCredential(() -> CREDENTIAL);
        assertThat(options.toJson().encode()).doesNotContain(CREDENTIAL, "\"credential\"");
        assertThat(options).hasToString("SecureEventBusOptions[web]");
    }

    @Test
    void toJson_credentialInAFile_namesTheFileOnly() {
        SecureEventBusOptions options = full();
        assertThat(options.getCredential().get()).isEqualTo(CREDENTIAL);
        assertThat(options.toJson().encode()).contains("web.jwt").doesNotContain(CREDENTIAL);
        assertThat(options).hasToString("SecureEventBusOptions[web]");
    }

    @Test
    void toJson_trustBundleInCode_isLeftOut() {
        assertThat(full().setTrustBundle(bundle).toJson().containsKey("trustBundle"))
                .isFalse();
    }

    @Test
    void copy_anyOptions_isTheSame() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        SecureEventBusOptions copy = new SecureEventBusOptions(full().setClock(clock));
        assertThat(copy.toJson()).isEqualTo(full().toJson());
        assertThat(copy.getClock()).isSameAs(clock);
        assertThat(copy.getTrustBundle()).isEqualTo(bundle);
        assertThat(copy.getCredential().get()).isEqualTo(CREDENTIAL);
    }

    @Test
    void copy_originalChangedLater_keepsItsOwn() {
        SecureEventBusOptions original = full();
        SecureEventBusOptions copy = new SecureEventBusOptions(original);
        original.setService("other")
                .setCredential(() -> "other")
                .setProvides(Set.of())
                .setInvokes(Set.of("x"))
                .setJoinTimeout(Duration.ofSeconds(1));
        assertThat(copy.toJson()).isEqualTo(full().toJson());
        assertThat(copy.getCredential().get()).isEqualTo(CREDENTIAL);
    }

    @Test
    void copy_changedLater_leavesTheOriginal() {
        SecureEventBusOptions original = full();
        new SecureEventBusOptions(original).setService("other").setProvides(Set.of());
        assertThat(original.toJson()).isEqualTo(full().toJson());
    }

    @Test
    void setProvides_setChangedLater_keepsItsOwn() {
        Set<String> names = new HashSet<>(Set.of("a"));
        SecureEventBusOptions options =
                new SecureEventBusOptions().setProvides(names).setInvokes(names);
        names.add("b");
        assertThat(options.getProvides()).containsExactly("a");
        assertThat(options.getInvokes()).containsExactly("a");
    }

    @Test
    void setters_unusableValues_areRefused() {
        SecureEventBusOptions options = new SecureEventBusOptions();
        assertRefused(() -> options.setService(""), "service");
        assertRefused(() -> options.setJoinTimeout(Duration.ZERO), "joinTimeout");
        assertRefused(() -> options.setJoinTimeout(Duration.ofMillis(-1)), "joinTimeout");
        assertThatIllegalArgumentException().isThrownBy(() -> options.setTrustBundleFile(directory));
    }

    private SecureEventBusOptions full() {
        return new SecureEventBusOptions()
                .setService("web")
                .setTrustBundleFile(bundleFile)
                .setCredentialFile(credentialFile)
                .setProvides(Set.of("resize", "crop"))
                .setInvokes(Set.of("calculate_risk"))
                .setJoinTimeout(Duration.ofMillis(1234));
    }

    private static void assertRefused(ThrowingCallable use, String... parts) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(use)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(parts));
    }
}
