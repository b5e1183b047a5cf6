/**
 * What is known of an account without asking: its folders and files as the host last told them and
 * as this machine has changed them since, and what was uploaded from here.
 *
 * <p>One SQLite file per host and account, which processes share. It is a cache: whatever is wrong
 * with it, it is thrown away and made anew, and then costs calls again. A change that was begun and
 * not ended, because the process died, makes its folder count as never listed.
 */
@NullMarked
package io.consigne.client.cache;

import org.jspecify.annotations.NullMarked;
