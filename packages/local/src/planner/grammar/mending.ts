import { wantsMending as english } from './english/faults.ts';
import type { Language } from './language.ts';

const korean =
  /^(?:(?:그거|이거|그것|이것|그걸|이걸) ?)?(?:좀 )?(?:고쳐|바로잡|잡아|보정|수정|손봐|어떻게 좀|해결|맞춰|조정)[^ ]*(?: ?(?:해 ?)?(?:줘|주세요|줄래|봐|달라|주라)[^ ]*)?$/;

/** "sort it out", 고쳐줘: the mending of the fault that was complained of. */
export const wantsMending = (text: string, language: Language): boolean =>
  (language === 'ko' ? korean : english).test(text);
