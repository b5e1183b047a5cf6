/** What may be wrong with an account, its key, its host, or the way there. */
@NullMarked
package io.consigne.cli.doctor;

import org.jspecify.annotations.NullMarked;
