/** What a broken constraint of surveys means to whoever broke it. */
export const SURVEY_MEANINGS: Record<string, { code: string; message: string }> = {
  survey_sheet_draft: {
    code: 'draft-already-there',
    message: 'Your trust’s answers in this wave are begun already. Go on with that draft.',
  },
  survey_sheet_once: {
    code: 'begun-at-once',
    message: 'Somebody of your trust began to answer at the same time. Go on with that draft.',
  },
  survey_wave_is_open: {
    code: 'wave-not-open',
    message: 'A wave takes answers from its first day to its last, and nothing of it changes on other days.',
  },
  submitted_sheet_is_fixed: {
    code: 'submitted-sheet-is-fixed',
    message: 'Submitted answers never change. While the wave is open, begin a correction.',
  },
  survey_sheet_is_whole: {
    code: 'not-answered',
    message: 'Answers are submitted as a whole. Answer every question of what is adopted.',
  },
  survey_answer_is_evidenced: {
    code: 'evidence-missing',
    message: 'Say of each pilot, and of what is live, what shows it.',
  },
  survey_ranks_without_gaps: {
    code: 'ranks-with-gaps',
    message: 'Rank barriers 1, 2, 3 and so on, without a gap.',
  },
  survey_rank_once: { code: 'ranks-tied', message: 'No two barriers have the same rank.' },
  survey_wave_stays_closed: {
    code: 'wave-stays-closed',
    message: 'The days of a wave that has closed never change. Hold another wave.',
  },
  survey_wave_is_asked: {
    code: 'wave-is-asked',
    message: 'What a wave asks never changes once a trust has begun to answer. Ask it in another wave.',
  },
};
