/** Work that runs by itself beside what callers ask for. */
@NullMarked
package io.consigne.core.jobs;

import org.jspecify.annotations.NullMarked;
