import type { ErasureTrouble } from '../../../protocol/erasureTrouble';
import type { ReportOutcome } from '../../../protocol/reportReasons';
import type { FixedLimit, SettableLimit } from '../../../protocol/serverLimits';
import type { Text } from '..';
import { counted, locale, number, say } from './sentences';

const megabytes = new Intl.NumberFormat(locale, {
	style: 'unit',
	unit: 'megabyte',
	maximumFractionDigits: 1
});
const accounts = counted({
	zero: 'لا حسابات',
	one: 'حساب واحد',
	two: 'حسابان',
	few: '{$n} حسابات',
	many: '{$n} حسابًا',
	other: '{$n} حساب'
});
const erasedIn = counted({
	zero: 'لا محادثات للمحو',
	one: 'تم المحو في {$done} من محادثة واحدة',
	two: 'تم المحو في {$done} من محادثتين',
	few: 'تم المحو في {$done} من {$n} محادثات',
	many: 'تم المحو في {$done} من {$n} محادثة',
	other: 'تم المحو في {$done} من {$n} محادثة'
});
const documents = counted({
	zero: 'لا مستندات',
	one: 'مستند واحد',
	two: 'مستندان',
	few: '{$n} مستندات',
	many: '{$n} مستندًا',
	other: '{$n} مستند'
});

const troubles: Readonly<Record<ErasureTrouble, string>> = {
	full: 'لم يُمحَ بعد: قرص الخادم ممتلئ',
	broken: 'لم يُمحَ بعد: في قرص الخادم أخطاء',
	damaged: 'لم يُمحَ بعد: قاعدة البيانات تالفة',
	locked: 'لم يُمحَ بعد: برنامج آخر يقفل قاعدة البيانات',
	away: 'لم يُمحَ بعد: المُرحِّل لا يجيب',
	unknown: 'لم يُمحَ بعد: حدث خطأ في الخادم'
};

const outcomes: Readonly<Record<ReportOutcome, string>> = {
	acted: 'اتُّخذ إجراء',
	dismissed: 'لم يلزم أي إجراء'
};

const settable: Readonly<Record<SettableLimit, string>> = {
	userStoreMb: 'الميغابايتات التي يمكن لشخص واحد حفظها',
	roomStoreMb: 'الميغابايتات التي يمكن لشخص واحد حفظها في جزء واحد من محادثة',
	userSockets: 'الاتصالات المتزامنة لشخص واحد',
	accounts: 'الحسابات على هذا الخادم',
	registrationsPerHour: 'الحسابات الجديدة من عنوان واحد في الساعة'
};

const fixed: Readonly<Record<FixedLimit, string>> = {
	userKbPerSecond: 'الكيلوبايتات التي يمكن لأجهزة شخص واحد إرسالها في الثانية باستمرار',
	groupMembers: 'الأشخاص في المجموعة',
	conversationsOfUser: 'محادثات شخص واحد، عدا التي يبدؤها الآخرون معه وحده',
	conversationsByOthers: 'عدد المحادثات الذي يمكن للآخرين حتى بلوغه إضافة شخص إلى مجموعة',
	conversationsBegunPerHour: 'المحادثات التي يبدؤها شخص واحد في الساعة',
	groupChangesPerHour: 'التغييرات التي يجريها شخص واحد على المجموعات وأعضائها في الساعة',
	messageCharacters: 'أحرف الرسالة',
	pictureUploadMb: 'ميغابايتات صورة شخص أو مجموعة عند رفعها',
	tokensOfUser: 'رموز API لشخص واحد',
	webhooksOfConversation: 'خطافات الويب في المحادثة',
	loginTries: say`كلمات المرور الخاطئة لحساب واحد من عنوان واحد خلال ${15} دقيقة`,
	sendsPerMinute: 'الرسائل التي يرسلها شخص واحد عبر REST في الدقيقة',
	searchesPerMinute: 'عمليات البحث لشخص واحد في الدقيقة',
	pagesPerMinute: 'صفحات الرسائل أو المحادثات التي يقرؤها شخص واحد عبر REST في الدقيقة',
	peopleToldPerQuarter: say`الأشخاص الذين تصلهم تغييرات شخص واحد في المجموعات وملفه خلال ${15} دقيقة`
};

const amount = (value: number | undefined): string => (value === undefined ? 'بلا حد' : number(value));

export const administration: Text['administration'] = {
	title: 'الإدارة',
	lead: 'لإدارة هذا الخادم فقط. ما يُفعل هنا يُدوَّن في سجل التدقيق.',
	looking: 'جارٍ سؤال الخادم…',
	more: 'عرض المزيد',
	person: (name, username) => say`${name} (${username})`,
	reports: {
		heading: 'البلاغات',
		list: 'البلاغات',
		open: 'قيد الانتظار',
		settled: 'تمت معالجتها',
		which: 'أي البلاغات',
		none: 'لا بلاغات في الانتظار.',
		noneSettled: 'لم يُعالَج أي بلاغ.',
		about: (name) => say`عن ${name}`,
		by: (name, when) => say`أبلغ عنه ${name}، ${when}`,
		byHidden: (when) => say`أُبلغ عنه ${when}. لا يُذكر لك من أبلغ، لأنه عنك.`,
		shown: 'ما أُبلغ عنه وما حوله',
		isReported: 'مُبلَّغ عنها',
		unknownAuthor: 'غير معروف',
		checks: {
			same: 'كما كُتبت',
			other: 'ليست ما كُتب: قول المُبلِّغ وحده',
			gone: 'محذوفة، لا نص محفوظ لها',
			missing: 'لا يعرف الخادم هذه الرسالة: قول المُبلِّغ وحده'
		},
		findAccount: 'البحث عن الحساب',
		act: 'معالجة',
		dismiss: 'رفض',
		actTitle: 'معالجة هذا البلاغ؟',
		dismissTitle: 'رفض هذا البلاغ؟',
		settleSaid: 'عندها تُمحى النصوص التي فيه ولا يمكن قراءتها مجددًا. ويبقى: من وماذا ولماذا.',
		outcomes,
		settledBy: (name, when) => say`${name}، ${when}`
	},
	accounts: {
		heading: 'الأشخاص',
		list: 'الحسابات',
		search: 'الاسم أو اسم المستخدم',
		found: (n, more) => (more ? say`أول النتائج: ${accounts(n)}` : say`النتائج: ${accounts(n)}`),
		administrator: 'إدارة',
		named: 'إدارة، بحسب إعدادات الخادم',
		suspended: 'موقوف',
		since: (when) => say`منذ ${when}`,
		sessions: counted({
			zero: 'لا جلسات',
			one: 'جلسة واحدة',
			two: 'جلستان',
			few: '{$n} جلسات',
			many: '{$n} جلسة',
			other: '{$n} جلسة'
		}),
		bytes: (n) => say`المحفوظ: ${megabytes.format(n / 1_000_000)}`,
		suspend: 'إيقاف',
		readmit: 'إعادة التفعيل',
		endSessions: 'إنهاء الجلسات',
		resetLink: 'رابط كلمة مرور جديدة',
		of: (act, name) => say`${act}: ${name}`,
		make: 'منح الإشراف',
		makeTitle: (name) => say`منح الإشراف لحساب ${name}؟`,
		makeSaid: 'يصبح له هنا كل ما لك، حتى إيقاف الحسابات وسحب الإشراف منك. يسري ذلك فورًا.',
		unmake: 'سحب الإشراف',
		unmakeTitle: (name) => say`سحب الإشراف من حساب ${name}؟`,
		unmakeSaid: 'يبقى الحساب مسجَّل الدخول، ولا يمكنه فعل شيء هنا من الآن.',
		unmakeOwnTitle: 'التخلي عن الإشراف؟',
		unmakeOwnSaid:
			'يبقى دخولك قائمًا، ولا يمكنك فعل شيء هنا من الآن. يمكن لمشرف آخر أن يمنحك الإشراف من جديد.',
		suspendTitle: (name) => say`إيقاف حساب ${name}؟`,
		suspendSaid: 'يُسجَّل خروج هذا الحساب من كل مكان فورًا، ولا يمكن الدخول به حتى إعادة تفعيله.',
		endTitle: (name) => say`إنهاء كل جلسات ${name}؟`,
		endSaid:
			'يُسجَّل خروج هذا الحساب من كل مكان فورًا، ويمكن الدخول به من جديد. وتنتهي رموز برامجه وخطافات الويب الخاصة به أيضًا. وما لم يُرسَل يبقى على أجهزته.',
		resetTitle: (name) => say`إنشاء رابط لكلمة مرور جديدة لحساب ${name}؟`,
		resetSaid:
			'من يفتحه خلال نصف ساعة يضع كلمة المرور، مرة واحدة. لا يُعطى إلا لصاحب الحساب. يُعرض هذه المرة فقط.',
		resetShown: (name) => say`الرابط الخاص بحساب ${name}. يُعرض هذه المرة فقط:`,
		copy: 'نسخ الرابط'
	},
	erasures: {
		failed: (trouble, rooms) =>
			rooms === 0 ? troubles[trouble] : say`${troubles[trouble]} (${documents(rooms)})`,
		reason: (reason) => say`نص الخادم: ${reason}`,
		retry: (when) => say`المحاولة التالية ${when}`,
		trying: 'تجري المحاولة من جديد الآن',
		heading: 'قيد المحو',
		list: 'رسائل الحسابات المحذوفة',
		begun: (when) => say`حساب حُذف ${when}`,
		lookedFor: 'جارٍ البحث عن رسائله',
		done: (done, all) => erasedIn(all, { done })
	},
	registration: {
		heading: 'من يمكنه إنشاء حساب',
		modes: { open: 'كل من يجد هذا الخادم', invitation: 'من لديه رابط دعوة إلى مجموعة' }
	},
	limits: {
		heading: 'الحدود',
		lead: 'تسري فورًا على كل ما يُحفظ أو يُفتح أو يُطلب بعدها. وما لدى الناس من قبل يبقى.',
		settable,
		fixed,
		amount,
		standard: (value) => say`عند تركه فارغًا: ${amount(value)}`,
		wrong: (min, max) => say`عدد صحيح بين ${min} و${max}، أو لا شيء.`,
		save: 'حفظ الحدود',
		fixedHeading: 'ما لا يمكن تغييره هنا',
		fixedLead: 'هذه جزء من Skein، أو تُعيَّن في بيئة الخادم عند تشغيله.'
	},
	audit: {
		again: 'مراجعة من جديد',
		shown: counted({
			zero: 'لا مُدخلات جديدة',
			one: 'مُدخل جديد واحد',
			two: 'مُدخلان جديدان',
			few: '{$n} مُدخلات جديدة',
			many: '{$n} مُدخلًا جديدًا',
			other: '{$n} مُدخل جديد'
		}),
		heading: 'سجل التدقيق',
		list: 'ما تم فعله، الأحدث أولًا',
		none: 'لا شيء بعد.',
		download: 'تنزيله كاملًا (JSON)',
		actions: {
			'administration-handed-over': (who, whom) => say`تسليم الإشراف إلى ${whom} (${who})`,
			'administrator-made': (who, whom) => say`منح الإشراف إلى ${whom} (${who})`,
			'administrator-unmade': (who, whom) => say`سحب الإشراف من ${whom} (${who})`,
			'limit-set': (who, _, { limit }) =>
				limit
					? say`تعيين حد (${who}). ${settable[limit.name]}: ${amount(limit.value ?? undefined)}`
					: say`تعيين حد (${who})`,
			suspended: (who, whom) => say`إيقاف حساب ${whom} (${who})`,
			readmitted: (who, whom) => say`إعادة تفعيل حساب ${whom} (${who})`,
			'sessions-ended': (who, whom) => say`إنهاء كل جلسات ${whom} (${who})`,
			'reset-link-made': (who, whom) => say`إنشاء رابط لكلمة مرور جديدة لحساب ${whom} (${who})`,
			'report-settled': (who, whom, { report }) =>
				report
					? say`معالجة بلاغ عن ${whom} (${who}). ${outcomes[report.outcome]}`
					: say`معالجة بلاغ عن ${whom} (${who})`,
			'registration-opened': (who) => say`فتح التسجيل للجميع (${who})`,
			'registration-by-invitation': (who) => say`حصر التسجيل بالدعوات (${who})`
		}
	}
};
