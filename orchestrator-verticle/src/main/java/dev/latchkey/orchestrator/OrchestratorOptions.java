// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.orchestrator.audit.AuditOptions;
import dev.latchkey.orchestrator.credential.CredentialVerifier;
import dev.latchkey.orchestrator.credential.Deployer;
import dev.latchkey.orchestrator.credential.KubernetesOptions;
import dev.latchkey.orchestrator.keys.Custodies;
import dev.latchkey.orchestrator.keys.KeyCustody;
import dev.latchkey.orchestrator.keys.KeystoreException;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.policy.Nearest;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyException;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an orchestrator needs: keys, policy, and who may sign credentials. All of it is loaded and checked when the options
 * are made, so that a wrong setting stops the start and not the service.
 *
 * <p>As JSON: {@code keystore}, {@code keystorePasswordFile}, {@code policy} and {@code deployers}, each the path of a file;
 * {@code observations}, {@code questionsPerSecond}, {@code registrationsPerSecondOfService}, {@code kubernetes}, {@code audit} and {@code
 * custody}, which may be left out; the last three are objects, see {@link KubernetesOptions}, {@link AuditOptions} and {@link KeyCustody}.
 */
public final class OrchestratorOptions {
    private static final String OBSERVATIONS = "observations";
    private static final String QUESTIONS = "questionsPerSecond";
    private static final String OF_SERVICE = "registrationsPerSecondOfService";
    private static final int DEFAULT_QUESTIONS = 2_000;
    private static final int DEFAULT_OF_SERVICE = 500;
    private static final Duration DEFAULT_WATCH_INTERVAL = Duration.ofSeconds(10);
    private static final String KUBERNETES = "kubernetes";
    private static final String AUDIT = "audit";
    private static final List<String> MEMBERS = List.of(
            "keystore",
            "keystorePasswordFile",
            "policy",
            "deployers",
            OBSERVATIONS,
            QUESTIONS,
            OF_SERVICE,
            KUBERNETES,
            AUDIT,
            "custody");

    private final OrchestratorKeys keys;
    private final Policy policy;
    private final Deployer deployer;
    private Clock clock = Clock.systemUTC();
    private final List<CredentialVerifier> verifiers = new ArrayList<>();
    private @Nullable Path observations;
    private int questionsPerSecond = DEFAULT_QUESTIONS;
    private int registrationsPerSecondOfService = DEFAULT_OF_SERVICE;
    private Duration watchInterval = DEFAULT_WATCH_INTERVAL;
    private @Nullable KubernetesOptions kubernetes;
    private @Nullable AuditOptions audit;

    /** Options from what was loaded already. The verticle erases the keys when it stops. */
    public OrchestratorOptions(OrchestratorKeys keys, Policy policy, Deployer deployer) {
        this.keys = keys;
        this.policy = policy;
        this.deployer = deployer;
    }

    /**
     * Loads the files that the JSON form names.
     *
     * @throws IllegalArgumentException for a member that is missing or unknown, or a file that cannot be read
     * @throws KeystoreException for a keystore that cannot be used
     * @throws PolicyException for a policy that is not valid
     */
    public static OrchestratorOptions load(JsonObject json) {
        json.fieldNames().forEach(OrchestratorOptions::requireKnown);
        Policy policy = PolicyFile.load(path(json, "policy"));
        Deployer deployer = Deployer.load(path(json, "deployers"));
        Path observations = json.containsKey(OBSERVATIONS) ? path(json, OBSERVATIONS) : null;
        KubernetesOptions kubernetes = kubernetes(json, policy);
        AuditOptions audit = audit(json);
        return new OrchestratorOptions(Custodies.load(json), policy, deployer)
                .setObservations(observations)
                .setQuestionsPerSecond(number(json, QUESTIONS, DEFAULT_QUESTIONS))
                .setRegistrationsPerSecondOfService(number(json, OF_SERVICE, DEFAULT_OF_SERVICE))
                .setKubernetes(kubernetes)
                .setAudit(audit);
    }

    private static @Nullable AuditOptions audit(JsonObject json) {
        if (!json.containsKey(AUDIT)) {
            return null;
        }
        if (json.getValue(AUDIT) instanceof JsonObject section) {
            return AuditOptions.fromJson(section);
        }
        throw new IllegalArgumentException(
                "orchestrator options: 'audit' is no section; put settings such as 'folder: audit' under it");
    }

    private static int number(JsonObject json, String member, int otherwise) {
        Object value = json.getValue(member, otherwise);
        if (!(value instanceof Integer number)) {
            throw new IllegalArgumentException(
                    "orchestrator options: '" + member + "' is no whole number; give how many a second");
        }
        return number;
    }

    private static @Nullable KubernetesOptions kubernetes(JsonObject json, Policy policy) {
        if (!json.containsKey(KUBERNETES)) {
            return null;
        }
        if (!(json.getValue(KUBERNETES) instanceof JsonObject section)) {
            throw new IllegalArgumentException(
                    "orchestrator options: 'kubernetes' is no section; put settings such as 'issuer: https://...' under it");
        }
        KubernetesOptions kubernetes = KubernetesOptions.fromJson(section);
        kubernetes.services().forEach((account, service) -> requireService(account, service, policy));
        return kubernetes;
    }

    /** Nobody could ever register as it. */
    private static void requireService(String account, String service, Policy policy) {
        Set<String> known = policy.services().keySet();
        if (!known.contains(service)) {
            throw new IllegalArgumentException("kubernetes.services." + account + ": policy does not know '" + service
                    + "'; " + Nearest.to(service, known).orElse("it knows " + String.join(", ", known)));
        }
    }

    private static void requireKnown(String member) {
        if (!MEMBERS.contains(member)) {
            throw new IllegalArgumentException("orchestrator options: unknown member '" + member + "'; "
                    + Nearest.to(member, MEMBERS).orElse("known are " + MEMBERS));
        }
    }

    private static Path path(JsonObject json, String member) {
        if (!(json.getValue(member) instanceof String path)) {
            throw new IllegalArgumentException(
                    "orchestrator options: '" + member + "' is missing; give the path of a file");
        }
        return Path.of(path);
    }

    /** The clock. Default the system's. */
    public OrchestratorOptions setClock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * The file for what instances tell of plaintext that passes, where policy's mode is {@code observe} or {@code permissive}.
     * It is read when the orchestrator starts, which fails if it is there and cannot be read; made if it is not there; and
     * written in the background. Each orchestrator needs its own. {@code latchkey policy suggest} makes a policy of it.
     *
     * @param observations the file, or null to keep the counts in memory only, which is the default
     */
    public OrchestratorOptions setObservations(@Nullable Path observations) {
        this.observations = observations;
        return this;
    }

    /**
     * How many questions (registrations, renewals, leavings) this orchestrator opens in a second; what comes beyond is refused, at
     * once and unopened, with {@link DenialReason#OVERLOADED}, and asked again by who asked. Default 2000.
     */
    public OrchestratorOptions setQuestionsPerSecond(int number) {
        this.questionsPerSecond = requirePositive(QUESTIONS, number);
        return this;
    }

    /** How many instances of one service this orchestrator registers in a second; renewals do not count. Default 500. */
    public OrchestratorOptions setRegistrationsPerSecondOfService(int number) {
        this.registrationsPerSecondOfService = requirePositive(OF_SERVICE, number);
        return this;
    }

    private static int requirePositive(String member, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("orchestrator options: '" + member + "' must be 1 or more");
        }
        return number;
    }

    /** How often the cluster's own maps are looked at for strange consumers and changed nodes. Default ten seconds. */
    public OrchestratorOptions setWatchInterval(Duration interval) {
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException("watchInterval must be 1 ms or more");
        }
        this.watchInterval = interval;
        return this;
    }

    /** Questions that are opened in a second. */
    public int getQuestionsPerSecond() {
        return questionsPerSecond;
    }

    /** Registrations of one service in a second. */
    public int getRegistrationsPerSecondOfService() {
        return registrationsPerSecondOfService;
    }

    /** How often the cluster is looked at. */
    public Duration getWatchInterval() {
        return watchInterval;
    }

    /**
     * The Kubernetes cluster whose service-account tokens are taken as credentials.
     *
     * @param kubernetes the cluster, or null for none, which is the default
     */
    public OrchestratorOptions setKubernetes(@Nullable KubernetesOptions kubernetes) {
        this.kubernetes = kubernetes;
        return this;
    }

    /**
     * Where and how the audit log is kept; each orchestrator needs a folder of its own.
     *
     * @param audit its settings, or null for no log, which is the default
     */
    public OrchestratorOptions setAudit(@Nullable AuditOptions audit) {
        this.audit = audit;
        return this;
    }

    /** How the audit log is kept, if it is. */
    public @Nullable AuditOptions getAudit() {
        return audit;
    }

    /**
     * Adds a verifier of another kind of credential. A credential's kind chooses its one verifier; two of one kind stop the start.
     * Those of the deployer's credentials and join tokens, and of Kubernetes' tokens, are there without this.
     *
     * @param verifier of this orchestrator alone, unless it is thread-safe
     */
    public OrchestratorOptions addCredentialVerifier(CredentialVerifier verifier) {
        verifiers.add(verifier);
        return this;
    }

    /** The trust domain's secrets. */
    public OrchestratorKeys getKeys() {
        return keys;
    }

    /** The policy. */
    public Policy getPolicy() {
        return policy;
    }

    /** Who may sign credentials. */
    public Deployer getDeployer() {
        return deployer;
    }

    /** The clock. */
    public Clock getClock() {
        return clock;
    }

    /** The file for what instances tell of plaintext, if one is set. */
    public @Nullable Path getObservations() {
        return observations;
    }

    /** The Kubernetes cluster whose tokens are taken, if one is set. */
    public @Nullable KubernetesOptions getKubernetes() {
        return kubernetes;
    }

    /** The verifiers that were added. */
    public List<CredentialVerifier> getCredentialVerifiers() {
        return List.copyOf(verifiers);
    }

    /** Names the trust domain only. */
    @Override
    public String toString() {
        return "OrchestratorOptions[" + policy.trustDomain() + "]";
    }
}
