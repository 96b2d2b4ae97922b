// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.orchestrator.notice.Noticed;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How many questions an orchestrator takes on. All of them are counted before they are opened, which is what costs; registrations
 * again by credential and by service, once it is proved, so that one stolen credential does not use up what all have. Renewals are
 * not: an instance that is registered must not lose its lease by others that want to be. Thread-safe.
 */
public final class QuestionLimit {
    /** Questions that may be answered at one moment; each waits for the shared maps. */
    static final int MAX_UNDER_WAY = 4_096;

    private final TokenBucket all;
    /** Credentials, and instances that report, whose rates are remembered; one that was forgotten begins anew. */
    private static final int MAX_CREDENTIALS = 10_000;

    private final int ofService;
    private final Clock clock;
    private volatile Map<String, TokenBucket> services;
    private final LoadingCache<String, TokenBucket> credentials;
    private final LoadingCache<String, TokenBucket> reporters;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Noticed noticed;

    /**
     * Limits.
     *
     * @param perSecond questions of all kinds
     * @param ofService registrations of one service in a second
     * @param services all that there are: those of policy
     */
    public QuestionLimit(int perSecond, int ofService, Collection<String> services, Clock clock, Noticed noticed) {
        this.all = new TokenBucket(perSecond, clock);
        this.ofService = ofService;
        this.clock = clock;
        this.services = buckets(services);
        int ofCredential = Math.max(1, ofService / 2);
        this.credentials = Caffeine.newBuilder()
                .maximumSize(MAX_CREDENTIALS)
                .build(credential -> new TokenBucket(ofCredential, clock));
        this.reporters =
                Caffeine.newBuilder().maximumSize(MAX_CREDENTIALS).build(instance -> new TokenBucket(1, clock));
        this.noticed = noticed;
    }

    private Map<String, TokenBucket> buckets(Collection<String> names) {
        return names.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), service -> new TokenBucket(ofService, clock)));
    }

    /** From now on there are these services. */
    public void follow(Collection<String> names) {
        this.services = buckets(names);
    }

    /** True when an instance may report violations now, which it may once a second. */
    public boolean mayReport(String instance) {
        boolean may = reporters.get(instance).take();
        if (!may) {
            noticed.hit(Bound.REPORTS);
        }
        return may;
    }

    /** True when a question may be opened; then {@link #end} must follow. */
    public boolean begin() {
        if (underWay.get() >= MAX_UNDER_WAY) {
            noticed.hit(Bound.QUESTIONS_UNDER_WAY);
            return false;
        }
        if (!all.take()) {
            noticed.hit(Bound.QUESTIONS);
            return false;
        }
        underWay.incrementAndGet();
        return true;
    }

    /** A question was answered. */
    public void end() {
        underWay.decrementAndGet();
    }

    /**
     * True when the bearer of a credential may register one more instance now. A credential gets half of what its service gets, so
     * that a stolen one leaves room for the others.
     *
     * @param credential its id
     */
    public boolean mayRegister(String service, String credential) {
        if (!credentials.get(credential).take()) {
            noticed.hit(Bound.REGISTRATIONS_OF_CREDENTIAL);
            return false;
        }
        TokenBucket bucket = services.get(service);
        if (bucket == null || bucket.take()) {
            return true;
        }
        noticed.hit(Bound.REGISTRATIONS_OF_SERVICE);
        return false;
    }
}
