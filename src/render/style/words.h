/* The words of notes in every language, as one table. */
#ifndef NOTES_RENDER_WORDS_H
#define NOTES_RENDER_WORDS_H

#include <stdint.h>

#include "base/buf.h"
#include "render/render.h"

/*
 * id, English, Korean.  {1} and {2} stand for what word_fill() is given.
 */
#define WORDS(X) \
	X(UNRELEASED, "Unreleased", "미출시") \
	X(FEATURES, "New features", "새 기능") \
	X(IMPROVEMENTS, "Improvements", "개선") \
	X(FIXES, "Bug fixes", "버그 수정") \
	X(SECURITY, "Security", "보안") \
	X(DEPENDENCIES, "Dependencies", "의존성") \
	X(TASKS, "Tasks", "작업") \
	X(KNOWN_ISSUES, "Known issues", "알려진 문제") \
	X(REVERTED, "Reverted", "되돌린 변경") \
	X(RELEASED, "Released on {1}.", "{1} 출시.") \
	X(BUILD, "Build {1}", "빌드 {1}") \
	X(BUILD_SENTENCE, "Build {1}.", "빌드 {1}.") \
	X(NO_BUILD, "In no build", "빌드에 없음") \
	X(SINCE, "Since {1}.", "{1} 이후.") \
	X(ALSO_IN, "also in {1}", "{1}에도 포함") \
	X(RESOLVED_IN, "resolved in {1}", "{1}에서 해결") \
	X(BREAKING, "Breaking change:", "호환성 변경:") \
	X(YANKED, "Withdrawn", "철회됨") \
	X(YANKED_BECAUSE, "Withdrawn: {1}", "철회됨: {1}") \
	X(EMPTY, "Nothing to report.", \
	    "알릴 변경 사항이 없습니다.") \
	X(CONTRIBUTORS, "Contributors", "기여자") \
	X(FIRST_TIME, "first contribution", "첫 기여") \
	X(REVERTED_ENTRY, "Reverted:", "되돌림:") \
	X(RELEASE_NOTES, "Release notes", "릴리스 노트") \
	X(VERSION, "Version {1}", "버전 {1}") \
	/* keepachangelog */ \
	X(KAC_ADDED, "Added", "추가") \
	X(KAC_CHANGED, "Changed", "변경") \
	X(KAC_FIXED, "Fixed", "수정") \
	X(KAC_REMOVED, "Removed", "제거") \
	X(KAC_SECURITY, "Security", "보안") \
	/* maven */ \
	X(MVN_TITLE, "Release Notes - {1}Version {2}", \
	    "릴리스 노트 - {1}버전 {2}") \
	X(MVN_BUG, "Bug", "버그") \
	X(MVN_FEATURE, "New Feature", "새 기능") \
	X(MVN_IMPROVEMENT, "Improvement", "개선") \
	X(MVN_TASK, "Task", "작업") \
	X(MVN_DEPENDENCY, "Dependency upgrade", "의존성 업그레이드") \
	X(MVN_SECURITY, "Security", "보안") \
	X(MVN_KNOWN, "Known Issue", "알려진 문제") \
	X(MVN_REVERTED, "Reverted", "되돌린 변경") \
	X(MVN_THANKS, "Thanks to everyone who contributed:", \
	    "기여해 주신 분들께 감사드립니다:") \
	/* firefox */ \
	X(FX_OFFERED, "Version {1}, first offered on {2}", \
	    "버전 {1}, {2} 처음 제공") \
	X(FX_NEW, "New", "새로운 기능") \
	X(FX_FIXED, "Fixed", "수정됨") \
	X(FX_CHANGED, "Changed", "변경됨") \
	X(FX_DEVELOPER, "Developer", "개발자") \
	X(FX_UNRESOLVED, "Unresolved", "해결되지 않음") \
	X(FX_BUG, "Bug {1}", "버그 {1}") \
	/* android */ \
	X(ADR_DATE, "Release date", "출시일") \
	X(ADR_BUILD, "Build", "빌드") \
	X(ADR_PREVIOUS, "Previous release", "이전 출시") \
	X(ADR_NEW, "New features", "새로운 기능") \
	X(ADR_CHANGES, "Changes", "변경사항") \
	X(ADR_RESOLVED, "Resolved issues", "해결된 문제") \
	X(ADR_SECURITY, "Security fixes", "보안 수정") \
	X(ADR_KNOWN, "Known issues", "알려진 문제") \
	X(ADR_ISSUE, "Issue {1}", "문제 {1}")

enum word {
#define X(id, en, ko) WORD_##id,
	WORDS(X)
#undef X
	    WORD_N
};

const char *word(enum render_lang lang, enum word w);
/* Appends the word with {1} and {2} replaced; a and b may be NULL. */
void word_fill(struct buf *out, enum render_lang lang, enum word w,
    const char *a, const char *b);
/* "April 4, 2019", "2019년 4월 4일". */
void word_date(struct buf *out, enum render_lang lang, int64_t t);

#endif
