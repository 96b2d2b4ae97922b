// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.orchestrator.credential.AdminToken;
import dev.latchkey.orchestrator.credential.Deployer;
import dev.latchkey.orchestrator.policy.Nearest;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the admin API listens, and whose tokens it takes.
 *
 * @param host the one address of this machine that it binds
 * @param port 1 to 65535, or 0 for any free one
 * @param tlsKeystoreFile a PKCS#12 file with the server's key and certificate; null for plain HTTP, which is for loopback hosts only
 * @param tlsPasswordFile the file with its password; there when the keystore is
 * @param issuer who signs tokens: the name in {@code iss} and the public keys
 * @param audience what tokens must be made for
 * @param rolesClaim the claim that names roles
 * @param requestsPerSecond how many requests of one subject are taken in a second
 */
public record AdminOptions(
        String host,
        int port,
        @Nullable Path tlsKeystoreFile,
        @Nullable Path tlsPasswordFile,
        Deployer issuer,
        String audience,
        String rolesClaim,
        int requestsPerSecond) {

    /** The port unless another is set. */
    public static final int DEFAULT_PORT = 8600;

    private static final String WHERE = "admin";
    private static final int DEFAULT_REQUESTS = 50;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_REQUESTS = 100_000;
    private static final List<String> MEMBERS = List.of(
            "host",
            "port",
            "tlsKeystoreFile",
            "tlsPasswordFile",
            "issuer",
            "audience",
            "keysFile",
            "rolesClaim",
            "requestsPerSecond");

    /** Refuses what could let somebody in, or listen, by mistake. */
    public AdminOptions {
        refuseIf(port < 0 || port > MAX_PORT, "port", "is out of range; give 0 to 65535");
        refuseIf(audience.isEmpty(), "audience", "is empty; name what tokens are made for, or leave it out");
        refuseIf(rolesClaim.isEmpty(), "rolesClaim", "is empty; name a claim, or leave it out");
        refuseIf(
                requestsPerSecond < 1 || requestsPerSecond > MAX_REQUESTS,
                "requestsPerSecond",
                "is out of range; give 1 to " + MAX_REQUESTS);
        requirePair(tlsKeystoreFile, tlsPasswordFile);
        refuseIf(
                tlsKeystoreFile == null && !isLoopback(host),
                "host",
                "is '" + host + "', which others can reach; give tlsKeystoreFile and tlsPasswordFile, or 127.0.0.1");
    }

    /**
     * Reads the JSON form, whose members are the parameters, save that {@code issuer} is its name only and {@code keysFile} the file with
     * its keys. All of them may be left out.
     *
     * @param deployer whose tokens are taken unless {@code keysFile} names others
     * @param trustDomain of which the audience is made unless it is set
     * @throws IllegalArgumentException naming member, problem and fix
     */
    public static AdminOptions fromJson(JsonObject json, Deployer deployer, String trustDomain) {
        json.fieldNames().forEach(AdminOptions::requireKnown);
        Path keysFile = file(json, "keysFile");
        Deployer issuer = keysFile == null ? deployer : Deployer.load(keysFile);
        return new AdminOptions(
                text(json, "host", "127.0.0.1"),
                number(json, "port", DEFAULT_PORT),
                file(json, "tlsKeystoreFile"),
                file(json, "tlsPasswordFile"),
                new Deployer(text(json, "issuer", issuer.issuer()), issuer.keys()),
                text(json, "audience", AdminToken.audienceOf(trustDomain)),
                text(json, "rolesClaim", AdminToken.ROLES),
                number(json, "requestsPerSecond", DEFAULT_REQUESTS));
    }

    /** True when it speaks TLS. */
    public boolean isSecure() {
        return tlsKeystoreFile != null;
    }

    private static void requireKnown(String member) {
        refuseIf(
                !MEMBERS.contains(member),
                member,
                "is unknown; " + Nearest.to(member, MEMBERS).orElse("known are " + MEMBERS));
    }

    private static void requirePair(@Nullable Path keystore, @Nullable Path password) {
        refuseIf(
                keystore != null && password == null,
                "tlsPasswordFile",
                "is missing; name the file with the password of tlsKeystoreFile");
        refuseIf(
                keystore == null && password != null,
                "tlsKeystoreFile",
                "is missing; name the keystore that tlsPasswordFile is for");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(WHERE + ".host '" + host + "' is not known; name one address", e);
        }
    }

    private static String text(JsonObject json, String member, String otherwise) {
        Object value = json.getValue(member, otherwise);
        refuseIf(!(value instanceof String), member, "is no text; write it in quotes");
        return (String) value;
    }

    private static int number(JsonObject json, String member, int otherwise) {
        Object value = json.getValue(member, otherwise);
        refuseIf(!(value instanceof Integer), member, "is no whole number");
        return (Integer) value;
    }

    private static @Nullable Path file(JsonObject json, String member) {
        if (!json.containsKey(member)) {
            return null;
        }
        Path file = Path.of(text(json, member, ""));
        refuseIf(!Files.isReadable(file), member, "names " + file + ", which cannot be read; correct the path");
        return file;
    }

    private static void refuseIf(boolean wrong, String member, String problem) {
        if (wrong) {
            throw new IllegalArgumentException(WHERE + "." + member + " " + problem);
        }
    }
}
