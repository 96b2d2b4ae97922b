// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import dev.latchkey.eventbus.token.CompactJwt;
import dev.latchkey.eventbus.token.JwtException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes service-account tokens, as the kubelet projects them into a pod: for one audience, bound to the pod, and ending soon.
 *
 * <p>They are checked against the cluster's public keys, so no orchestrator needs a right in the cluster, and registrations work while
 * its API does not. The price: a token is honoured until it ends, though its pod was deleted before.
 */
public final class ServiceAccountToken implements CredentialVerifier {
    /** Kubernetes projects tokens for an hour unless told otherwise; one for longer was made by other means. */
    private static final Duration MAX_LIFETIME = Duration.ofHours(24);

    private static final String SUBJECT = "system:serviceaccount:";

    /** Members that would let a token bring its own key (RFC 8725, section 3.10), or rules that nobody here knows. */
    private static final List<String> REFUSED_MEMBERS =
            List.of("jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64", "zip", "enc");

    private final KubernetesOptions options;
    private final KeyCache keys;
    private final Clock clock;

    /** Takes tokens of one cluster. Keys are fetched when the first token arrives. */
    public ServiceAccountToken(Vertx vertx, KubernetesOptions options, Clock clock) {
        this(options, cache(vertx, options, clock), clock);
    }

    ServiceAccountToken(KubernetesOptions options, KeyCache keys, Clock clock) {
        this.options = options;
        this.keys = keys;
        this.clock = clock;
    }

    private static KeyCache cache(Vertx vertx, KubernetesOptions options, Clock clock) {
        IssuerHttp http = new IssuerHttp(vertx, options.caFile(), options.tokenFile());
        KeySource source = new KeySource(http, options);
        return new KeyCache(source::fetch, options.cacheFor(), options.outage(), clock);
    }

    @Override
    public CredentialKind kind() {
        return CredentialKind.issuedBy(options.issuer());
    }

    /** What can be judged without a key is judged first: a token that is none of ours makes nobody fetch keys. */
    @Override
    public Future<Identity> verify(String credential) {
        try {
            CompactJwt jwt = CompactJwt.parse(credential);
            String keyId = keyId(jwt.header());
            Identity identity = identity(jwt);
            byte[] signature = jwt.signature();
            return keys.key(keyId).compose(key -> signed(key, jwt, signature, identity));
        } catch (JwtException e) {
            return Future.failedFuture(new CredentialException(String.valueOf(e.getMessage())));
        } catch (CredentialException e) {
            return Future.failedFuture(e);
        }
    }

    private static Future<Identity> signed(SignatureKey key, CompactJwt jwt, byte[] signature, Identity identity) {
        boolean fits =
                key.algorithm().equals(jwt.header().getValue("alg")) && key.verify(jwt.signingInput(), signature);
        return fits
                ? Future.succeededFuture(identity)
                : Future.failedFuture(new CredentialException("alg or signature is not the key's"));
    }

    private static String keyId(JsonObject header) throws CredentialException {
        for (String member : REFUSED_MEMBERS) {
            ClaimRules.require(!header.containsKey(member), member + " is not supported");
        }
        Object type = header.getValue("typ", "JWT");
        ClaimRules.require(
                type instanceof String text && text.toUpperCase(Locale.ROOT).equals("JWT"), "typ is not JWT");
        return ClaimRules.text(header, "kid");
    }

    private Identity identity(CompactJwt jwt) throws JwtException, CredentialException {
        JsonObject claims = jwt.claims();
        ClaimRules.require(options.issuer().equals(claims.getValue("iss")), "iss is another");
        ClaimRules.require(isForUs(claims.getValue("aud")), "aud is not this audience alone");
        ClaimRules.seconds(claims, "iat");
        ClaimRules.requireTimely(claims, clock.millis());
        ClaimRules.requireShort(claims, MAX_LIFETIME);
        String service = options.services().get(account(claims));
        if (service == null) {
            throw new CredentialException("no service belongs to the service account");
        }
        return Identity.of(service, Identity.idOf(jwt.signingInput())).ofBearer(pod(claims));
    }

    /** A token for several audiences may be shown here by any of the others. */
    private boolean isForUs(@Nullable Object audience) {
        return options.audience().equals(audience)
                || (audience instanceof JsonArray several
                        && several.size() == 1
                        && options.audience().equals(several.getValue(0)));
    }

    /** Namespace and name, as both claims that tell them agree. */
    private static String account(JsonObject claims) throws CredentialException {
        JsonObject bound = object(claims, "kubernetes.io");
        String namespace = ClaimRules.text(bound, "namespace");
        String name = named(bound, "serviceaccount");
        named(bound, "pod");
        ClaimRules.require(
                (SUBJECT + namespace + ":" + name).equals(claims.getValue("sub")),
                "sub is not the service account of kubernetes.io");
        return namespace + "/" + name;
    }

    private static String named(JsonObject bound, String kind) throws CredentialException {
        JsonObject reference = object(bound, kind);
        ClaimRules.text(reference, "uid");
        return ClaimRules.text(reference, "name");
    }

    /** A pod's tokens are replaced every few minutes; its uid stays, and no other pod ever has it. */
    private static String pod(JsonObject claims) throws CredentialException {
        JsonObject pod = object(object(claims, "kubernetes.io"), "pod");
        return Identity.idOf("pod " + claims.getString("iss") + " " + ClaimRules.text(pod, "uid"));
    }

    private static JsonObject object(JsonObject from, String name) throws CredentialException {
        if (from.getValue(name) instanceof JsonObject object) {
            return object;
        }
        throw new CredentialException(name + " is missing or no object");
    }
}
