import type { LaterText } from '..';
import { counted, fromNow, people as countedPeople, say } from './sentences';

const characters = counted({
	zero: '{$n} أحرف',
	one: 'حرف واحد',
	two: 'حرفين',
	few: '{$n} أحرف',
	many: '{$n} حرفًا',
	other: '{$n} حرف'
});

export const entry: LaterText['entry'] = {
	registerTitle: 'إنشاء حساب',
	registerLead: 'تتطلب هذه الخطوة اتصالًا. أما القراءة والكتابة بعدها فلا.',
	loginTitle: 'تسجيل الدخول',
	loginLead: 'تتطلب هذه الخطوة اتصالًا. أما القراءة والكتابة بعدها فلا.',
	username: 'اسم المستخدم',
	password: 'كلمة المرور',
	email: 'البريد الإلكتروني',
	emailHint: 'يمكن تركه فارغًا. ومن دونه لا يستطيع أحد مساعدتك إن نسيت كلمة المرور.',
	createAccount: 'إنشاء الحساب',
	logIn: 'تسجيل الدخول',
	or: 'أو',
	toLogin: 'تسجيل الدخول',
	toRegister: 'إنشاء حساب',
	usernameHint: (min, max) =>
		say`بين ${min} و${max} من الحروف بأي كتابة والأرقام والنقاط والشرطات والشرطات السفلية.`,
	passwordHint: (min) => say`${characters(min)} على الأقل. بضع كلمات خير من كلمة.`,
	legend:
		'العقدة تعني أن الرسالة قُرئت. والغرزة الممتلئة محفوظة على قرص الخادم. والغرزة المجوّفة على جهازك فقط، وتُرسَل من تلقاء نفسها.',
	sample: [
		'لا تغطية خلف السور. اكتبوا كالمعتاد.',
		say`نمرّ به الآن. اللاسلكي على ${72}.`,
		say`في الموقع. الرؤية ${8} م.`
	],
	done: 'صحيح',
	problem: {
		usernameMissing: 'يُرجى إدخال اسم مستخدم.',
		ownUsernameMissing: 'يُرجى إدخال اسم المستخدم.',
		usernameShort: (min) => say`قصير جدًا. الحد الأدنى ${characters(min)}.`,
		usernameLong: (over, max) => say`طويل بزيادة ${characters(over)}. الحد الأقصى ${characters(max)}.`,
		usernameSigns: 'حروف وأرقام ونقاط وشرطات وشرطات سفلية فقط.',
		usernameTaken: 'هذا الاسم مأخوذ. يُرجى اختيار اسم آخر.',
		passwordMissing: 'يُرجى إدخال كلمة مرور.',
		ownPasswordMissing: 'يُرجى إدخال كلمة مرورك.',
		passwordShort: (by, min) => say`ينقصها ${characters(by)}. الحد الأدنى ${characters(min)}.`,
		passwordLong: (by, max) => say`طويلة بزيادة ${characters(by)}. الحد الأقصى ${characters(max)}.`,
		passwordCommon: 'يستخدمها كثيرون جدًا. يُرجى اختيار كلمة أخرى.',
		wrongLogin: 'اسم المستخدم وكلمة المرور غير متطابقين.',
		noConnection: 'لا اتصال. يبقى ما كتبته هنا؛ يمكن المحاولة من جديد عند توفر الاتصال.',
		tooMany: (retryAfterS) =>
			say`محاولات أكثر من اللازم. يمكن المحاولة مرة أخرى ${retryAfterS === undefined ? 'بعد قليل' : fromNow(retryAfterS)}.`,
		refused: 'لم يقبل الخادم هذا. يُرجى تغييره والمحاولة مرة أخرى.',
		server: 'تعذّر على الخادم ذلك الآن. يبقى ما كتبته هنا؛ يُرجى المحاولة مرة أخرى.'
	}
};

export const start: LaterText['start'] = {
	people: 'الأشخاص',
	searching: 'يُرجى كتابة اسم.',
	offline: 'من دون اتصال لا يظهر إلا من يعرفهم هذا الجهاز.',
	nobody: (query) => say`لا نتائج عن «${query}».`,
	suggestions: 'اقتراحات',
	found: (n) => say`النتائج: ${countedPeople(n)}`,
	remove: (name) => say`إزالة ${name}`,
	groupName: 'اسم المجموعة',
	groupHint: 'يُترك فارغًا للكتابة إلى شخص واحد.',
	go: 'بدء المحادثة',
	problem: {
		nobody: 'يجب اختيار شخص واحد على الأقل.',
		notChosen: (query) => say`«${query}» لم يُختَر بعد. يُرجى اختيار شخص من القائمة.`,
		tooMany: (max) => say`الحد الأقصى في المجموعة الواحدة: ${countedPeople(max)}.`,
		failed: 'تعذّر بدء المحادثة. لم يضِع شيء؛ يُرجى المحاولة مرة أخرى.'
	}
};
