// Forced inlining is one macro: a codec folds into straight code only when all of it is inlined into the driver's call.
// It is off where it would only cost compile time: without optimisation and under sanitizers.
#pragma once

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(undefined_behavior_sanitizer) || \
    __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define SEGUE_SANITIZED
#endif
#endif

#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !defined(SEGUE_SANITIZED) && !defined(SEGUE_NO_FORCED_INLINING)
#define SEGUE_INLINE [[gnu::always_inline]] constexpr inline
#else
#define SEGUE_INLINE constexpr inline
#endif

// What is seldom needed stays out of line. Not gnu::cold: that would optimise it for size, and what resumes with it.
#define SEGUE_COLD [[gnu::noinline]] constexpr
