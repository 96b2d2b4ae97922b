// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Provider;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may see a directory, and for how long it is followed. */
class DirectoriesTest extends GuardedTest {
    private static final String MINE = "process_image";
    private static final String ANOTHERS = "calculate_risk";

    private static void assertDenied(Future<List<Provider>> told, DenialReason reason) {
        assertThat(told.cause()).isInstanceOfSatisfying(DeniedException.class, denial -> assertThat(denial.reason())
                .isEqualTo(reason));
    }

    @Test
    void providers_ofAnOperationThatItMayNotInvoke_isDenied() {
        assertDenied(guard.directories().providers(member, ANOTHERS), DenialReason.NOT_INVITED);
    }

    @Test
    void providers_ofAMemberThatLeft_isDenied() throws Exception {
        done(member.leave());
        assertDenied(guard.directories().providers(member, MINE), DenialReason.LEFT);
    }

    @Test
    void follow_again_isTheSameDirectory() {
        Directories directories = guard.directories();
        assertThat(directories.follow(MINE))
                .isSameAs(directories.follow(MINE))
                .isNotSameAs(directories.follow(ANOTHERS));
    }

    @Test
    void keepOnly_whatSomebodyInvokes_forgetsTheOthers() {
        Directories directories = guard.directories();
        FollowedDirectory mine = directories.follow(MINE);
        FollowedDirectory anothers = directories.follow(ANOTHERS);
        directories.keepOnly(Set.of(MINE));
        assertThat(directories.follow(MINE)).isSameAs(mine);
        assertThat(directories.follow(ANOTHERS)).isNotSameAs(anothers);
    }

    /** Who asked before must not wait for an answer that nobody would hear. */
    @Test
    void providers_ofADirectoryThatIsForgotten_failsAndSaysWhat() {
        Future<List<Provider>> told = guard.directories().providers(member, MINE);
        guard.directories().keepOnly(Set.of());
        assertThatThrownBy(() -> done(told))
                .cause()
                .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureType())
                        .isEqualTo(ReplyFailure.TIMEOUT))
                .hasMessageContaining(MINE);
    }
}
